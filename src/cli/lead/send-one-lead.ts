import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';
import {
  isSuccess,
  readDecisions,
  readEffects,
  type DecisionRecord,
  type EffectRecord,
} from '../client/admin-records.js';
import type { GrowthGateClient } from '../client/growthgate-client.js';
import { findRefusal } from '../client/service-sentences.js';
import { CommandFailure } from '../command/command-failure.js';

export interface OutgoingLead {
  readonly text: string;
  readonly contactId: string;
  readonly locationId: string;
  readonly source: string | undefined;
  readonly firstName: string | undefined;
}

/** What the service did with one lead. */
export interface LeadResult {
  readonly lead: OutgoingLead;
  /** The reply to the webhook, key by key. */
  readonly reply: LooseRecord;
  readonly replyMs: number;
  readonly aftermath: Aftermath;
}

export type Aftermath =
  | {
      readonly kind: 'known';
      readonly decision: DecisionRecord | undefined;
      readonly effects: readonly EffectRecord[];
    }
  /** A sentence that says why nothing is known. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface LeadPatience {
  /** How long effects that are due are waited for. */
  readonly waitMs: number;
  readonly pollMs: number;
}

const PATIENCE: LeadPatience = { waitMs: 8_000, pollMs: 150 };
const OPEN_STATES = new Set(['pending', 'sending']);

/**
 * Sends one signed lead and watches what comes of it until everything that was due has gone out.
 *
 * @throws {CommandFailure} when the server is away or refuses the lead
 */
export async function sendOneLead(
  lead: OutgoingLead,
  client: GrowthGateClient,
  patience = PATIENCE,
): Promise<LeadResult> {
  const answer = await client.sendWebhook(leadBody(lead));
  const refusal = findRefusal(answer, client.url);
  if (refusal !== undefined || answer.kind === 'unanswered')
    throw new CommandFailure(refusal ?? '');
  const reply = asRecord(answer.body);
  const deliveryId = asText(reply['webhook_id']) ?? '';
  const aftermath = await watchAftermath(lead, deliveryId, client, patience);
  return { lead, reply, replyMs: answer.durationMs, aftermath };
}

function leadBody({ text, contactId, locationId, source, firstName }: OutgoingLead): string {
  return JSON.stringify({
    type: 'message.received',
    id: `send-lead-${randomUUID()}`,
    location_id: locationId,
    contact_id: contactId,
    message: text,
    contact: { first_name: firstName, source },
    timestamp: new Date().toISOString(),
  });
}

async function watchAftermath(
  lead: OutgoingLead,
  deliveryId: string,
  client: GrowthGateClient,
  { waitMs, pollMs }: LeadPatience,
): Promise<Aftermath> {
  for (const giveUpAt = Date.now() + waitMs; ; await delay(pollMs)) {
    const aftermath = await readAftermath(lead, deliveryId, client);
    if (aftermath.kind === 'unknown' || Date.now() >= giveUpAt) return aftermath;
    if (!aftermath.effects.some((effect) => isDue(effect, Date.now()))) return aftermath;
  }
}

async function readAftermath(
  { locationId, contactId }: OutgoingLead,
  deliveryId: string,
  client: GrowthGateClient,
): Promise<Aftermath> {
  const answer = await client.readLead(locationId, contactId);
  if (!isSuccess(answer)) {
    return {
      kind: 'unknown',
      reason: findRefusal(answer, client.url) ?? 'the admin API is silent',
    };
  }
  const decisions = readDecisions(await client.readDecisions(locationId, contactId));
  const decision = decisions.find((one) => one.deliveryId === deliveryId);
  // A decision and its effects are stored at the same moment; older effects are of earlier messages.
  const effects = readEffects(answer, 'effects').filter(
    ({ createdAt }) => createdAt === decision?.decidedAt,
  );
  return { kind: 'known', decision, effects };
}

function isDue({ state, dueAt }: EffectRecord, nowMs: number): boolean {
  return OPEN_STATES.has(state) && Date.parse(dueAt) <= nowMs;
}
