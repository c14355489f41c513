import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfiguration } from '../config/configuration.js';
import { ConversionLoop } from '../conversions/conversion-loop.js';
import { CrmWriteback } from '../conversions/hooks/crm-writeback.hook.js';
import { FollowUpControl } from '../conversions/hooks/follow-up-control.hook.js';
import { FeatureRegistry } from '../growth/feature-registry.js';
import { GROWTH_FEATURES } from '../growth/features/index.js';
import type { GrowthFeature } from '../growth/growth-feature.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import { RolloutService } from '../growth/rollout/rollout.service.js';
import { sampleRollout, switchedOn } from '../growth/testing/gate-for.js';
import { leadKeyText } from '../leads/lead-key.js';
import type { LeadState } from '../leads/lead.repository.js';
import { deliveryOf } from '../webhook/normalise/testing/normalise-body.js';
import { ChangeDecider } from './change-decider.js';
import { UNKNOWN_LEAD } from './decided-delivery.js';
import { DeliveryDecider } from './delivery-decider.js';
import { LeadDecider } from './lead-decider.js';

const FEATURES: readonly GrowthFeature[] = GROWTH_FEATURES.map(
  ({ feature: Feature }) => new Feature(),
);

/** A build with these features, in which those flags are on. */
function deciderWith(
  features: readonly GrowthFeature[],
  on: readonly GrowthFeature[] = [],
): DeliveryDecider {
  const rollouts = new RolloutService(
    sampleRollout({
      flags: switchedOn(...on),
      writebackToggles: { lead_source: true, conversion_feedback: true },
    }),
  );
  const gate = new GrowthGateService(new FeatureRegistry(features), rollouts);
  const configuration = readConfiguration({ REPLY_MODE: 'all' });
  const hooks = [new CrmWriteback(), new FollowUpControl()];
  const conversions = new ConversionLoop({ forLocation: () => new Map() }, hooks);
  return new DeliveryDecider(
    new LeadDecider(gate, rollouts, configuration),
    new ChangeDecider(gate, conversions, { ...configuration.handoff, timezone: 'UTC' }),
  );
}

/** Everything of a stream of events that anybody outside can see, or that the next event starts from. */
function visible(decider: DeliveryDecider, bodies: readonly object[]): string {
  const leads = new Map<string, LeadState>();
  const seen = bodies.map((body, position) => {
    const delivery = deliveryOf({ ...body, webhookId: `w-${position}` });
    const key = leadKeyText({
      locationId: delivery.locationId,
      contactId: delivery.event.contactId ?? '',
    });
    const before = leads.get(key) ?? UNKNOWN_LEAD;
    const decidedAt = new Date(1_775_000_000_000 + position * 61_000);
    const decided = decider.decide(delivery, { ...UNKNOWN_LEAD, ...before }, decidedAt);
    if (decided.lead !== null) leads.set(key, decided.lead);
    const { document: _document, increments: _increments, ...rest } = decided;
    return rest;
  });
  return JSON.stringify(seen);
}

const locationId = fc.constantFrom('loc-1', 'loc-2');
const contactId = fc.constantFrom('c-1', 'c-2', 'c-3');
const source = fc.constantFrom('Facebook Ads', 'zillow', '', undefined);
const timestamp = fc.constantFrom(
  '2026-10-31T23:00:00Z',
  '2026-11-01T11:59:00Z',
  'nonsense',
  undefined,
);
const text = fc.oneof(
  fc.constantFrom(
    'Pre-approved for $450k, need to buy in Frisco within 30 days',
    'Up to $950k in Plano, cash, asap',
    'maybe next year, just looking',
    'STOP',
    'START',
    'are you a bot?',
    '',
  ),
  fc.string({ maxLength: 200 }),
);

const event = fc.oneof(
  fc.record({
    type: fc.constantFrom('contact.created', 'message.received', 'conversation.new'),
    location_id: locationId,
    contact_id: contactId,
    message: text,
    timestamp,
    contact: fc.record({ source, firstName: fc.constantFrom('Dana', undefined) }),
  }),
  fc.record({
    type: fc.constant('InboundMessage'),
    locationId,
    contactId,
    body: text,
    direction: fc.constant('inbound'),
    messageType: fc.constantFrom('SMS', 'Email'),
  }),
  fc.record({
    type: fc.constant('OutboundMessage'),
    locationId,
    contactId,
    body: text,
    source: fc.constantFrom('app', 'api'),
    userId: fc.constantFrom('kim', undefined),
  }),
  fc.record({
    type: fc.constant('OpportunityStatusUpdate'),
    locationId,
    contactId,
    id: fc.constant('o'),
    status: fc.constantFrom('open', 'won', 'lost', 'banana'),
  }),
  fc.record({
    type: fc.constant('ContactDndUpdate'),
    locationId,
    id: contactId,
    dnd: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('contact.updated'),
    location_id: locationId,
    contact_id: contactId,
    status: fc.constantFrom('Closed Won', 'nurture', undefined),
  }),
);
const stream = fc.array(event, { minLength: 1, maxLength: 12 });

describe('with every flag off', () => {
  it('replies, CRM writes, follow-ups and stored contexts are those of a build without features', () => {
    const [without, off] = [deciderWith([]), deciderWith(FEATURES)];
    fc.assert(
      fc.property(stream, (bodies) => {
        expect(visible(off, bodies)).toBe(visible(without, bodies));
      }),
      { numRuns: 300 },
    );
  });

  it.each(FEATURES.map((feature) => [feature.key, feature] as const))(
    'and with %s on they differ, so that this comparison can fail',
    (_key, feature) => {
      const hot = [
        {
          type: 'message.received',
          location_id: 'l',
          contact_id: 'contact-1',
          message: 'Pre-approved, cash, $450k, Frisco, asap',
          contact: { source: 'facebook' },
        },
      ];
      expect(visible(deciderWith(FEATURES, [feature]), hot)).not.toBe(
        visible(deciderWith([]), hot),
      );
    },
  );
});
