import { describe, expect, it } from '@jest/globals';
import { gateFor, sampleRollout } from '../../growth/testing/gate-for.js';
import { deliveryOf } from '../../webhook/normalise/testing/normalise-body.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { decide } from './decide.js';
import { UNKNOWN_LEAD, type Decision, type Situation } from './decision.js';

const HELD_AT = '2026-03-02T17:00:00.000Z';
const HELD = {
  address: 'contact:c-1',
  channel: 'SMS',
  kind: 'hold',
  contactId: 'c-1',
  at: HELD_AT,
} as const;
const COMPLETED = {
  type: 'TaskComplete',
  locationId: 'loc-1',
  id: 'task-1',
  contactId: 'c-1',
  title: 'Read this: it may ask us to stop writing',
  body: 'Read this: it may ask us to stop writing. The lead wrote: 🛑',
  timestamp: '2026-03-02T17:30:00.000Z',
};

function decideTask(body: object, situation: Partial<Situation> = {}): Decision {
  return decide(
    {
      event: deliveryOf({ ...COMPLETED, ...body }).event,
      situation: { ...UNKNOWN_LEAD, register: [HELD], ...situation },
      settings: sampleDecidingSettings(),
      rollout: sampleRollout({}),
      at: new Date('2026-03-02T17:30:01.000Z'),
    },
    gateFor([]),
  );
}

describe('a completed task', () => {
  it('to read a message that is held ends the hold, as of its own time', () => {
    expect(decideTask({}).consent).toEqual([
      {
        kind: 'hold_ended',
        channel: '*',
        address: 'contact:c-1',
        at: '2026-03-02T17:30:00.000Z',
        saidBy: 'person',
        words: null,
      },
    ]);
  });

  it.each<[string, object, Partial<Situation>]>([
    ['of another title', { title: 'Call Dana' }, {}],
    ['where nothing is held', {}, { register: [] }],
    ['of which nobody knows the contact', { contactId: undefined }, {}],
    ['that is only made', { type: 'TaskCreate' }, {}],
  ])('%s changes nothing', (_what, body, situation) => {
    expect(decideTask(body, situation)).toMatchObject({
      state: 'acknowledged',
      consent: [],
      effects: [],
      context: null,
    });
  });
});
