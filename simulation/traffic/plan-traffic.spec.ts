import { describe, expect, it } from '@jest/globals';
import { normaliseDelivery } from '#product/webhook/normalise/normalise-delivery.js';
import { planTraffic, type DeliveryKind, type TrafficPlanOptions } from './plan-traffic.js';
import { increase } from './traffic-tally.js';

const OPTIONS: TrafficPlanOptions = { leads: 400, seed: 7, run: 'aaa', locations: 8 };

const bodiesOf = (options: TrafficPlanOptions): string[] =>
  planTraffic(options).deliveries.map(({ body }) => body);

/** What intake makes of a body. */
function normalise(body: string) {
  const normalised = normaliseDelivery({
    rawBody: Buffer.from(body),
    parsed: JSON.parse(body) as unknown,
    receivedAt: new Date('2026-03-02T15:00:00Z'),
    scheme: 'hmac',
    ttlSeconds: 60,
  });
  if (!normalised.ok) throw new Error(JSON.stringify(normalised.errors));
  return normalised.delivery;
}

describe('the plan of a simulation', () => {
  it('is the same for the same seed and run', () => {
    expect(planTraffic(OPTIONS)).toEqual(planTraffic(OPTIONS));
  });

  it('differs between two runs in nothing but the run in the ids', () => {
    const other = bodiesOf({ ...OPTIONS, run: 'bbb' });
    expect(other).not.toEqual(bodiesOf(OPTIONS));
    expect(other.map((body) => body.replaceAll('sim-7-bbb-', 'sim-7-aaa-'))).toEqual(
      bodiesOf(OPTIONS),
    );
  });

  it('tells other stories for another seed', () => {
    const textsOf = (seed: number) =>
      bodiesOf({ ...OPTIONS, seed }).map((body) => body.replaceAll(/sim-\d+-/g, ''));
    expect(textsOf(8)).not.toEqual(textsOf(7));
  });

  it('keeps the stories of the first leads when there are more leads', () => {
    const ofFirst = (leads: number) =>
      planTraffic({ ...OPTIONS, leads })
        .deliveries.filter(({ leadIndex }) => leadIndex === 0)
        .map(({ body }) => body);
    expect(ofFirst(400)).toEqual(ofFirst(3));
  });

  it('holds every kind of event, and a few percent of repeats', () => {
    const { deliveries } = planTraffic(OPTIONS);
    const kinds = new Map<DeliveryKind, number>();
    for (const { kind } of deliveries) increase(kinds, kind);
    for (const kind of [
      'new_contact',
      'new_lead',
      'message',
      'opt_out',
      'human_message',
    ] as const) {
      expect(kinds.get(kind)).toBeGreaterThan(5);
    }
    expect(kinds.get('opportunity')).toBeGreaterThan(20);
    expect(kinds.get('appointment')).toBeGreaterThan(20);
    const repeats = (kinds.get('duplicate') ?? 0) / deliveries.length;
    expect(repeats).toBeGreaterThan(0.03);
    expect(repeats).toBeLessThan(0.1);
  });

  it('repeats only what was sent before, and gives everything else an id of its own', () => {
    const sent = new Set<string>();
    for (const { kind, body } of planTraffic(OPTIONS).deliveries) {
      const { deliveryId } = normalise(body);
      expect(sent.has(deliveryId)).toBe(kind === 'duplicate');
      sent.add(deliveryId);
    }
  });

  it('overlaps the conversations', () => {
    const order = planTraffic(OPTIONS).deliveries.map(({ leadIndex }) => leadIndex);
    const changes = order.filter((lead, index) => index > 0 && lead !== order[index - 1]).length;
    expect(changes).toBeGreaterThan(order.length / 2);
  });

  it('is understood by intake as what it is meant to be', () => {
    const meant = {
      new_contact: 'lead',
      new_lead: 'lead',
      message: 'lead',
      opt_out: 'lead',
      human_message: 'outbound',
      opportunity: 'change',
      appointment: 'change',
    } as const;
    const { deliveries, leads } = planTraffic(OPTIONS);
    for (const { kind, body, leadIndex } of deliveries) {
      const { event } = normalise(body);
      if (kind !== 'duplicate') expect([kind, event.kind]).toEqual([kind, meant[kind]]);
      const { locationId, contactId } = event;
      expect({ locationId, contactId }).toEqual(leads[leadIndex]);
    }
  });
});
