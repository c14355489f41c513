import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from '@jest/globals';
import { GROWTH_FEATURES } from '../../growth/features/index.js';
import { gateFor, sampleRollout, switchedOn } from '../../growth/testing/gate-for.js';
import { deliveryOf } from '../../webhook/normalise/testing/normalise-body.js';
import { decisionDigests } from '../decision-trace.js';
import { sampleDecidingSettings } from '../testing/sample-settings.js';
import { DECIDER_VERSION, decide } from './decide.js';
import { UNKNOWN_LEAD, type Situation } from './decision.js';

const FILE = 'test/fixtures/decisions/decider-version.json';
const AT = new Date('2026-03-02T18:00:00.000Z');
const FEATURES = GROWTH_FEATURES.map(({ feature: Feature }) => new Feature());
const GATE = gateFor(FEATURES);

const plain = (message: string, source?: string) => ({
  type: 'message.received',
  location_id: 'loc-1',
  contact_id: 'c-1',
  timestamp: '2026-03-02T17:59:00Z',
  message,
  contact: { first_name: 'Dana', ...(source === undefined ? {} : { source }) },
});
const change = (type: string, fields: object) => ({
  type,
  locationId: 'loc-1',
  contactId: 'c-1',
  timestamp: '2026-03-02T17:59:00Z',
  ...fields,
});

const EVENTS: Readonly<Record<string, object>> = {
  hot: plain('Pre-approved for $450k, need to buy in Frisco within 30 days', 'Facebook Ads'),
  warm: plain('cash buyer, budget around 450k'),
  review: plain('Up to $950k in Plano, asap'),
  cold: plain('just looking, no rush', 'zillow'),
  question: plain('Is parking included?'),
  thanks: plain('Thank you!'),
  empty: plain(''),
  stop: plain('STOP'),
  start: plain('START'),
  bot: plain('are you a bot?'),
  won: change('OpportunityStatusUpdate', { status: 'won' }),
  lost: change('OpportunityStatusUpdate', { status: 'lost' }),
  mapped: change('OpportunityStatusUpdate', { status: 'Docs Signed' }),
  booked: change('AppointmentCreate', {
    appointment: { contactId: 'c-1', appointmentStatus: 'confirmed' },
  }),
  human: change('OutboundMessage', { body: 'Hi, Kim here', source: 'app', userId: 'kim' }),
  dnd: { type: 'ContactDndUpdate', locationId: 'loc-1', id: 'c-1', dnd: true },
};

const TALKED: Situation = {
  ...UNKNOWN_LEAD,
  context: {
    ...UNKNOWN_LEAD.context,
    turns: [
      { at: '2026-03-01T12:00:00.000Z', from: 'lead', text: 'hello' },
      { at: '2026-03-01T12:00:01.000Z', from: 'bot', text: 'Hi Dana, automated assistant here.' },
    ],
    facts: { ...UNKNOWN_LEAD.context.facts, budget_max: 450_000, areas: ['Frisco'] },
    contact: { firstName: 'Dana', phone: '+12145550100' },
    last_source: 'zillow',
    tags: ['Hot-Lead'],
  },
};
const SITUATIONS: Readonly<Record<string, Situation>> = {
  unknown: UNKNOWN_LEAD,
  talked: TALKED,
  handed_over: { ...TALKED, handoff: { handoffId: 7, state: 'open' } },
};

const ROLLOUTS = {
  off: sampleRollout(),
  on: sampleRollout({
    flags: switchedOn(...FEATURES),
    writebackToggles: { lead_source: true, conversion_feedback: true },
  }),
};

function sampleDigests(): Readonly<Record<string, object>> {
  const settings = sampleDecidingSettings({
    tellsHook: true,
    mappings: new Map([['docs signed', 'converted']]),
  });
  const entries = Object.entries(EVENTS).flatMap(([event, body]) =>
    Object.entries(SITUATIONS).flatMap(([name, situation]) =>
      Object.entries(ROLLOUTS).map(([state, rollout]) => {
        const input = { event: deliveryOf(body).event, situation, settings, rollout, at: AT };
        return [`${event}, ${name}, ${state}`, decisionDigests(decide(input, GATE))] as const;
      }),
    ),
  );
  return Object.fromEntries(entries);
}

/** After a change of deciding: raise `DECIDER_VERSION`, then run this spec with WRITE_FIXTURES=1. */
it('decides a sample of inputs as this version has always decided them', () => {
  const decided = { version: DECIDER_VERSION, digests: sampleDigests() };
  if (process.env['WRITE_FIXTURES'] === '1') {
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, `${JSON.stringify(decided, null, 1)}\n`);
  }

  expect(decided).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});
