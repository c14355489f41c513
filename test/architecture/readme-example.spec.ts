import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decideLead } from '../../src/intake/decide/decide-lead.js';
import type { LeadDecisionInput } from '../../src/intake/decide/lead-decision.js';
import { EMPTY_CONTEXT } from '../../src/leads/lead-context.js';
import { DEFAULT_LEAD_PROFILE } from '../../src/config/lead-profile.js';
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
  const input: LeadDecisionInput = {
    event,
    context: EMPTY_CONTEXT,
    profile: DEFAULT_LEAD_PROFILE,
    replyMode: 'high_priority',
    handoffOpen: false,
    decidedAt: NOW,
  };
  return { deliveryId, decision: decideLead(input, []) };
}

describe("the README's signed lead", () => {
  it('is answered as the page says', () => {
    const { deliveryId, decision } = decideExample();
    const { lead_score, lead_temperature, priority, estimated_commission } =
      decision.draft.analysis;

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
