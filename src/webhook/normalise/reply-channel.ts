/** Message types that the CRM's send-message call accepts, by the spellings in which webhooks name them. */
const CHANNELS = new Map<unknown, string>([
  [2, 'SMS'],
  [3, 'Email'],
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

/** `TYPE_LIVE_CHAT`, `Live_Chat` and `live chat` are one. */
function channelKey(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .trim()
    .toLowerCase()
    .replace(/^type_/, '')
    .replace(/[^a-z]/g, '');
}
