import { isRecord } from '../../shared/loose-json.js';
import { isMergeField, objectAt, readLabel, repairText, type Payload } from './payload.js';

/** Where the CRM's id of a message may stand. */
export function messageIdCandidates(payload: Payload): readonly unknown[] {
  const message = objectAt(payload, 'message');
  return [payload['messageId'], payload['message_id'], message['messageId'], message['id']];
}

/** The first of the candidates that says something, repaired; empty when none does. */
export function messageText(candidates: readonly unknown[]): string {
  for (const candidate of candidates) {
    const text = repairText(rawText(candidate));
    if (text.trim() !== '' && !isMergeField(text)) return text;
  }
  return '';
}

/** A message is sent as text, as a number ("450000"), or as an object that holds one of these. */
function rawText(value: unknown): string {
  if (!isRecord(value)) return scalarText(value);
  const inner = [value['body'], value['text'], value['message']].map(scalarText);
  return inner.find((text) => text.trim() !== '') ?? '';
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** The fields that a message's text is found in, by the names that senders use. */
const TEXT_FIELDS = ['message', 'message_body', 'messageBody', 'body', 'text'];

/** Where the text of a hand-made body may stand, the first place first. */
export function textCandidates(payload: Payload): readonly unknown[] {
  const custom = objectAt(payload, 'customData');
  return [
    ...[payload, custom].flatMap((holder) => TEXT_FIELDS.map((field) => holder[field])),
    custom['last_message'],
  ];
}

/** Sent by the business, wherever the body says so: such a message is never answered. */
export function isOutbound(payload: Payload): boolean {
  const holders = [payload, objectAt(payload, 'message'), objectAt(payload, 'customData')];
  return holders.some(({ direction }) => readLabel(direction)?.toLowerCase() === 'outbound');
}

/** Message types that the CRM's send-message call accepts, by the spellings in which webhooks name them. */
const CHANNELS = new Map<unknown, string>([
  [2, 'SMS'],
  [20, 'SMS'],
  [3, 'Email'],
  [11, 'FB'],
  [18, 'IG'],
  [19, 'WhatsApp'],
  [29, 'Live_Chat'],
  ['sms', 'SMS'],
  ['rcs', 'RCS'],
  ['email', 'Email'],
  ['whatsapp', 'WhatsApp'],
  ['ig', 'IG'],
  ['instagram', 'IG'],
  ['fb', 'FB'],
  ['facebook', 'FB'],
  ['messenger', 'FB'],
  ['livechat', 'Live_Chat'],
  ['webchat', 'Live_Chat'],
  ['custom', 'Custom'],
  ['tiktok', 'TIKTOK'],
]);

const DEFAULT_CHANNEL = 'SMS';

/** The channel to answer on: the one the lead wrote on; a call, or a channel nobody knows, is answered by text message. */
export function replyChannel(candidates: readonly unknown[]): string {
  for (const candidate of candidates) {
    const channel = CHANNELS.get(channelKey(candidate));
    if (channel !== undefined) return channel;
  }
  return DEFAULT_CHANNEL;
}

/** Whether a word names a channel, as the root `type` of a workflow's body may. */
export function isChannelName(value: unknown): boolean {
  return CHANNELS.has(channelKey(value));
}

/** `TYPE_LIVE_CHAT`, `Live_Chat` and `live chat` are one. */
function channelKey(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^\s*\d{1,3}\s*$/.test(value)) return Number(value);
  return value
    .trim()
    .toLowerCase()
    .replace(/^type_/, '')
    .replace(/[^a-z]/g, '');
}
