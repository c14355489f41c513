import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_ROLLOUT, RolloutService } from '../growth/rollout/rollout.js';
import { FeatureRegistry } from '../growth/rollout/feature-registry.js';
import { GROWTH_FEATURES } from '../growth/features/index.js';
import type { GrowthFeature } from '../growth/growth-feature.js';
import { GrowthGateService } from '../growth/growth-gate.service.js';
import { sampleRollout, switchedOn } from '../growth/testing/gate-for.js';
import { leadKeyText } from '../leads/lead-key.js';
import { deliveryOf } from '../webhook/normalise/testing/normalise-body.js';
import { decide } from './decide/decide.js';
import { UNKNOWN_LEAD, type Decision, type Situation } from './decide/decision.js';
import { sampleDecidingSettings } from './testing/sample-settings.js';

const FEATURES: readonly GrowthFeature[] = GROWTH_FEATURES.map(
  ({ feature: Feature }) => new Feature(),
);

type DecideDelivery = (
  delivery: ReturnType<typeof deliveryOf>,
  situation: Situation,
  at: Date,
) => Decision;

/** A build with these features, in which those flags are on. */
function deciderWith(
  features: readonly GrowthFeature[],
  on: readonly GrowthFeature[] = [],
): DecideDelivery {
  const gate = new GrowthGateService(new FeatureRegistry(features), new RolloutService(NO_ROLLOUT));
  const rollout = sampleRollout({
    flags: switchedOn(...on),
    writebackToggles: { lead_source: true, conversion_feedback: true },
  });
  const settings = sampleDecidingSettings({ replyMode: 'all', hasLanguageModel: true });
  return ({ event }, situation, at) => decide({ event, situation, settings, rollout, at }, gate);
}

/** Everything of a stream of events that anybody outside can see, or that the next event starts from. */
function visible(decideDelivery: DecideDelivery, bodies: readonly object[]): string {
  const leads = new Map<string, Situation>();
  const seen = bodies.map((body, position) => {
    const delivery = deliveryOf({ ...body, webhookId: `w-${position}` });
    const key = leadKeyText({
      locationId: delivery.locationId,
      contactId: delivery.event.contactId ?? '',
    });
    const before = leads.get(key) ?? UNKNOWN_LEAD;
    const at = new Date(1_775_000_000_000 + position * 61_000);
    const decided = decideDelivery(delivery, before, at);
    const { context, featureStates } = decided;
    leads.set(key, {
      ...before,
      context: context ?? before.context,
      featureStates: { ...before.featureStates, ...featureStates },
    });
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
          message: 'Pre-approved, cash, $450k, Frisco, asap!!',
          contact: { source: 'facebook' },
        },
      ];
      expect(visible(deciderWith(FEATURES, [feature]), hot)).not.toBe(
        visible(deciderWith([]), hot),
      );
    },
  );
});
