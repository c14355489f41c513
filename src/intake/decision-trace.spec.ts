import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GROWTH_FEATURES } from '../growth/features/index.js';
import { gateFor, sampleRollout, switchedOn } from '../growth/testing/gate-for.js';
import type { Turn } from '../leads/lead-context.js';
import { deliveryOf } from '../webhook/normalise/testing/normalise-body.js';
import { decide } from './decide/decide.js';
import { UNKNOWN_LEAD, type Situation } from './decide/decision.js';
import { sampleDecidingSettings } from './testing/sample-settings.js';
import {
  decisionDigests,
  restoredSettings,
  restoredSituation,
  storedSettings,
  storedSituation,
} from './decision-trace.js';

const FEATURES = GROWTH_FEATURES.map(({ feature: Feature }) => new Feature());
const GATE = gateFor(FEATURES);
const ROLLOUT = sampleRollout({
  flags: switchedOn(...FEATURES),
  writebackToggles: { lead_source: true, conversion_feedback: true },
});
const SETTINGS = sampleDecidingSettings({
  replyMode: 'all',
  tellsHook: true,
  mappings: new Map([['docs signed', 'converted']]),
});
const AT = new Date('2026-03-02T18:00:00.000Z');

const turn: fc.Arbitrary<Turn> = fc.record({
  at: fc.constant('2026-03-01T12:00:00.000Z'),
  from: fc.constantFrom('lead', 'bot', 'human'),
  text: fc.string({ maxLength: 40 }),
});
const situation: fc.Arbitrary<Situation> = fc.record({
  context: fc.record({ turns: fc.array(turn, { maxLength: 60 }) }).map(({ turns }) => ({
    ...UNKNOWN_LEAD.context,
    turns,
    contact: { firstName: 'Dana', tags: ['vip'] },
    last_source: 'zillow',
    lead_score: 91,
    lead_temperature: 'hot' as const,
    priority: 'high' as const,
  })),
  register: fc.constantFrom(
    [],
    [
      {
        address: 'contact:c',
        channel: 'SMS',
        kind: 'refused' as const,
        contactId: 'c',
        at: '2026-03-01T12:00:00.000Z',
      },
    ],
  ),
  featureStates: fc.constantFrom(
    {},
    {
      ab_response_style_testing: {
        experiment: 'ab_response_style_testing',
        variant: 'B',
        bucket: 77,
        source: 'zillow',
      },
    },
  ),
  standing: fc.constantFrom(null, {
    outcome: 'active' as const,
    field: 'status',
    value: 'open',
    occurredAt: new Date('2026-02-28T09:00:00.000Z'),
    announced: true,
  }),
  handoff: fc.constantFrom(null, { handoffId: 7, state: 'open' as const }),
  isEcho: fc.boolean(),
});

const LOCATION = { location_id: 'loc-1', contact_id: 'c-1', timestamp: '2026-03-02T17:00:00Z' };
const body = fc.constantFrom<object>(
  { ...LOCATION, type: 'message.received', message: 'Pre-approved, $450k, Frisco, asap?' },
  { ...LOCATION, type: 'message.received', message: 'STOP' },
  { ...LOCATION, type: 'contact.updated', status: 'Docs Signed' },
  { type: 'OpportunityStatusUpdate', locationId: 'loc-1', contactId: 'c-1', status: 'lost' },
  {
    type: 'OutboundMessage',
    locationId: 'loc-1',
    contactId: 'c-1',
    body: 'Hi, Kim here',
    source: 'app',
    userId: 'kim',
  },
);

describe('a decision computed again from what is kept', () => {
  it('comes out as it was, whatever the conversation before', () => {
    fc.assert(
      fc.property(situation, body, (before, sent) => {
        const { event } = deliveryOf(sent);
        const decided = decide(
          { event, situation: before, settings: SETTINGS, rollout: ROLLOUT, at: AT },
          GATE,
        );
        const kept = JSON.stringify([storedSituation(before), storedSettings(SETTINGS), ROLLOUT]);
        const [stored, settings, rollout] = JSON.parse(kept) as [
          ReturnType<typeof storedSituation>,
          ReturnType<typeof storedSettings>,
          typeof ROLLOUT,
        ];
        const again = decide(
          {
            event,
            situation: restoredSituation(stored),
            settings: restoredSettings(settings),
            rollout,
            at: AT,
          },
          GATE,
        );
        expect(decisionDigests(again)).toEqual(decisionDigests(decided));
      }),
      { numRuns: 400 },
    );
  });

  it('is kept in a bounded space, however long the conversation', () => {
    const turns = Array.from({ length: 50 }, () => ({
      at: '2026-03-01T12:00:00.000Z',
      from: 'lead' as const,
      text: 'x'.repeat(100),
    }));
    const context = { ...UNKNOWN_LEAD.context, turns };
    expect(JSON.stringify(storedSituation({ ...UNKNOWN_LEAD, context })).length).toBeLessThan(
      2_048,
    );
  });
});
