import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NO_ROLLOUT } from '../../src/growth/rollout/rollout.js';
import { gateFor } from '../../src/growth/testing/gate-for.js';
import { decide } from '../../src/intake/decide/decide.js';
import { UNKNOWN_LEAD } from '../../src/intake/decide/decision.js';
import { sampleDecidingSettings } from '../../src/intake/testing/sample-settings.js';
import { normaliseDelivery } from '../../src/webhook/normalise/normalise-delivery.js';

/** The first thing a newcomer pastes must answer what the page says. */
const README = readFileSync('README.md', 'utf8');
const NOW = new Date('2026-03-02T15:00:00Z');

function find(pattern: RegExp): string {
  const found = pattern.exec(README)?.[1];
  if (found === undefined) throw new Error(`README.md has nothing like ${pattern}`);
  return found;
}

function decideExample() {
  const body = find(/^BODY='(.+)'$/m);
  const delivery = normaliseDelivery({
    rawBody: Buffer.from(body),
    parsed: JSON.parse(body),
    receivedAt: NOW,
    scheme: 'hmac',
    ttlSeconds: 60,
  });
  if (!delivery.ok || delivery.delivery.event.kind !== 'lead') throw new Error('not a lead event');
  const { event, deliveryId } = delivery.delivery;
  const input = {
    event,
    situation: UNKNOWN_LEAD,
    settings: sampleDecidingSettings(),
    rollout: NO_ROLLOUT,
    at: NOW,
  };
  return { deliveryId, decision: decide(input, gateFor([])) };
}

describe("the README's signed lead", () => {
  it('is answered as the page says', () => {
    const { deliveryId, decision } = decideExample();
    const { lead_score, lead_temperature, priority, estimated_commission } = decision.document;

    expect(JSON.parse(find(/^(\{"status":"processed".+\})$/m))).toEqual({
      status: 'processed',
      webhook_id: deliveryId,
      lead_score,
      lead_temperature,
      priority,
      estimated_commission,
      process_time_ms: expect.any(Number),
      five_minute_compliant: true,
    });
    expect(JSON.parse(find(/^(\{"status":"duplicate_ignored".+\})$/m))).toEqual({
      status: 'duplicate_ignored',
      webhook_id: deliveryId,
      duplicate: true,
    });
  });

  it('gets the reply and the tags that the page lets one look for', () => {
    const kinds = decideExample().decision.effects.map(({ payload }) => payload.kind);

    expect(kinds).toEqual(
      expect.arrayContaining(['send_message', 'update_fields', 'add_tags', 'follow_up']),
    );
  });
});
