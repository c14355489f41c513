import type { EnvironmentReader } from './environment-reader.js';
import { parseQuietHours, type QuietHours } from './quiet-hours.js';

/** So many in a time that moves along. */
export interface Cap {
  readonly count: number;
  readonly periodMs: number;
}

/** How and when leads are written to. */
export interface MessagingConfiguration {
  /** Undefined: the texts speak of the team. */
  readonly businessName: string | undefined;
  /** A message that arrives later than this after it was written is answered by a person. */
  readonly replyMaxAgeMs: number;
  /** How long a burst has to be silent before it is answered; 0 answers at once. */
  readonly replyDebounceMs: number;
  /** Of texts that the lead did not ask for, per contact. */
  readonly messageCaps: readonly Cap[];
  readonly replyCaps: readonly Cap[];
  /** Lower case. */
  readonly killTags: readonly string[];
  /** How long automatic messages are silent after a person wrote; null until somebody resumes them. */
  readonly takeoverMs: number | null;
  /** Null: no hour is quiet. */
  readonly quietHours: QuietHours | null;
  readonly quietHoursForReplies: boolean;
}

const HOUR_MS = 3_600_000;
const PERIODS_MS: Readonly<Record<string, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};
const CAP = /^(\d{1,4}) ?\/ ?(hour|day|week|month)$/;
const MAX_BUSINESS_NAME_LENGTH = 40;

export function readMessagingConfiguration(reader: EnvironmentReader): MessagingConfiguration {
  return {
    businessName: readBusinessName(reader),
    replyMaxAgeMs: reader.integer('REPLY_MAX_AGE_MINUTES', { min: 1, max: 10_080 }) * 60_000,
    replyDebounceMs: reader.integer('REPLY_DEBOUNCE_SECONDS', { min: 0, max: 30 }) * 1_000,
    messageCaps: readCaps(reader, 'MESSAGES_PER_CONTACT'),
    replyCaps: readCaps(reader, 'REPLIES_PER_CONTACT'),
    killTags: reader.list('KILL_TAGS').map((tag) => tag.toLowerCase()),
    takeoverMs: readTakeover(reader),
    quietHours: readQuietHours(reader),
    quietHoursForReplies: reader.flag('QUIET_HOURS_FOR_REPLIES'),
  };
}

function readBusinessName(reader: EnvironmentReader): string | undefined {
  const name = reader.text('BUSINESS_NAME');
  if (name !== undefined && name.length > MAX_BUSINESS_NAME_LENGTH) {
    reader.reject(
      'BUSINESS_NAME',
      `must have at most ${MAX_BUSINESS_NAME_LENGTH} characters: it stands in a text message`,
    );
  }
  return name;
}

function readCaps(reader: EnvironmentReader, name: string): readonly Cap[] {
  const caps = reader.list(name).map((part) => {
    const [, count, period = ''] = CAP.exec(part.toLowerCase()) ?? [];
    return { count: Number(count), periodMs: PERIODS_MS[period] ?? NaN };
  });
  const isRead = caps.length > 0 && caps.every(({ periodMs }) => Number.isFinite(periodMs));
  if (isRead) return caps;
  reader.reject(name, 'must be counts per hour, day, week or month such as 3/day, 20/month');
  return [];
}

function readTakeover(reader: EnvironmentReader): number | null {
  if (reader.text('HUMAN_TAKEOVER_HOURS') === 'until_resumed') return null;
  const hours = Number(reader.text('HUMAN_TAKEOVER_HOURS'));
  if (hours >= 0 && hours <= 8_760) return hours * HOUR_MS;
  reader.reject('HUMAN_TAKEOVER_HOURS', 'must be hours from 0 to 8760, or until_resumed');
  return null;
}

function readQuietHours(reader: EnvironmentReader): QuietHours | null {
  const value = reader.text('QUIET_HOURS') ?? 'off';
  if (value === 'off') return null;
  const hours = parseQuietHours(value);
  if (hours !== undefined) return hours;
  reader.reject(
    'QUIET_HOURS',
    'must be hours such as 21-8, by weekday such as Mon-Sat 21-9, Sun 21-12, or off',
  );
  return null;
}
