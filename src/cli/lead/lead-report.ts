import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';
import type { EffectRecord } from '../client/admin-records.js';
import type { Aftermath, LeadResult } from './send-one-lead.js';

const LABEL_WIDTH = 24;
const MINUTE_MS = 60_000;

/** What came of one lead, for reading. */
export function leadReport({ lead, reply, replyMs, aftermath }: LeadResult, now: Date): string {
  return [
    `Lead ${lead.contactId} of ${lead.locationId}: "${lead.text}"`,
    '',
    `Reply of the service (${replyMs.toFixed(1)} ms)`,
    ...Object.entries(reply).map(([key, value]) => line(key, writeValue(value))),
    '',
    'What came of it',
    ...aftermathLines(aftermath, now),
    '',
  ].join('\n');
}

function aftermathLines(aftermath: Aftermath, now: Date): readonly string[] {
  if (aftermath.kind === 'unknown') return [line('unknown', aftermath.reason)];
  const { effects, decision } = aftermath;
  const isMessage = effects.some(({ kind }) => kind === 'send_message');
  const isFollowUp = effects.some(({ kind }) => kind === 'follow_up');
  return [
    ...(isMessage
      ? []
      : [line('no message', withheldReason(asRecord(decision?.document['reply'])))]),
    ...effects.map((effect) => effectLine(effect, now)),
    ...(isFollowUp ? [] : [line('no follow-up', 'none is planned')]),
  ];
}

function effectLine(effect: EffectRecord, now: Date): string {
  const { kind, payload } = effect;
  switch (kind) {
    case 'send_message':
      return line('message', `"${writeValue(payload['text'])}" ${outcome(effect)}`);
    case 'update_fields':
      return line('CRM fields', `${writeFields(asRecord(payload['fields']))} ${outcome(effect)}`);
    case 'add_tags':
    case 'remove_tags': {
      const tags = asList(payload['tags']).join(', ');
      return line(
        kind === 'add_tags' ? 'CRM tags' : 'CRM tags removed',
        `${tags} ${outcome(effect)}`,
      );
    }
    case 'follow_up':
      return line('follow-up', `${writeValue(payload['action'])} ${dueTime(effect.dueAt, now)}`);
    default:
      return line(kind.replaceAll('_', ' '), outcome(effect));
  }
}

/** Nothing needs to be said of what went well, beyond that it did. */
function outcome({ state, lastError, remoteId }: EffectRecord): string {
  if (state === 'delivered')
    return remoteId === null ? '[delivered]' : `[delivered as ${remoteId}]`;
  return lastError === null ? `[${state}]` : `[${state}: ${lastError}]`;
}

function withheldReason(reply: LooseRecord): string {
  const reason = asText(reply['withheld']);
  if (reason === 'reply_mode') {
    return `REPLY_MODE leaves this one to a person; the text would be "${writeValue(reply['text'])}"`;
  }
  return reason?.replaceAll('_', ' ') ?? 'none was decided';
}

function dueTime(dueAt: string, now: Date): string {
  const minutes = Math.round((Date.parse(dueAt) - now.getTime()) / MINUTE_MS);
  return `at ${dueAt} (in ${minutes} min)`;
}

function writeFields(fields: LooseRecord): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${writeValue(value)}`)
    .join(', ');
}

function writeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${text}`;
}
