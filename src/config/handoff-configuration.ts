import { parseBusinessHours, type BusinessHours } from './business-hours.js';
import type { EnvironmentReader } from './environment-reader.js';

export interface HandoffConfiguration {
  /** CRM users who take handoffs in turn; empty: the contact's owner. */
  readonly userIds: readonly string[];
  /** Whether opening a handoff also makes its user the contact's owner. */
  readonly assignsContact: boolean;
  /** Business time within which somebody must have taken the lead. */
  readonly deadlineMinutes: Readonly<Record<'high' | 'medium' | 'low', number>>;
  readonly businessHours: BusinessHours;
  readonly tags: HandoffTags;
}

export interface HandoffTags {
  /** Put on a contact that waits for a person. */
  readonly needed: string;
  /** Put on a contact whose deadline nobody kept. */
  readonly breached: string;
  /** A person puts it on a contact to take the lead … */
  readonly acknowledge: string;
  /** … and to give it back to the bot. */
  readonly resolve: string;
}

/** A week: a later deadline is none. */
const MAX_DEADLINE_MINUTES = 10_080;
const MAX_TAG_LENGTH = 100;

export function readHandoffConfiguration(reader: EnvironmentReader): HandoffConfiguration {
  const medium = readMinutes(reader, 'HANDOFF_MEDIUM_MINUTES');
  return {
    userIds: [...new Set(reader.list('HANDOFF_USER_IDS'))],
    assignsContact: reader.flag('HANDOFF_ASSIGN_CONTACT'),
    // A low risk asks for no handoff of its own accord; one that a feature asks for all the same can wait.
    deadlineMinutes: { high: readMinutes(reader, 'HANDOFF_HIGH_MINUTES'), medium, low: medium },
    businessHours: readBusinessHours(reader),
    tags: readTags(reader),
  };
}

function readMinutes(reader: EnvironmentReader, name: string): number {
  return reader.integer(name, { min: 1, max: MAX_DEADLINE_MINUTES });
}

function readBusinessHours(reader: EnvironmentReader): BusinessHours {
  const hours = parseBusinessHours(reader.text('HANDOFF_BUSINESS_HOURS') ?? 'always');
  if (hours !== undefined) return hours;
  reader.reject(
    'HANDOFF_BUSINESS_HOURS',
    'must be days and hours such as `Mon-Fri 8-20, Sat 9-12:30`, each from an earlier to a later time of one day, or `always`',
  );
  return [{ weekday: 1, fromMinute: 0, toMinute: 1 }];
}

function readTags(reader: EnvironmentReader): HandoffTags {
  const tags = {
    needed: readTag(reader, 'HANDOFF_TAG'),
    breached: readTag(reader, 'HANDOFF_BREACH_TAG'),
    acknowledge: readTag(reader, 'HANDOFF_ACK_TAG'),
    resolve: readTag(reader, 'HANDOFF_RESOLVE_TAG'),
  };
  const names = Object.values(tags).map((tag) => tag.toLowerCase());
  if (new Set(names).size < names.length) {
    reader.reject(
      'HANDOFF_TAG',
      'must differ from HANDOFF_BREACH_TAG, HANDOFF_ACK_TAG and HANDOFF_RESOLVE_TAG, and they from each other: one tag cannot both ask and answer',
    );
  }
  return tags;
}

function readTag(reader: EnvironmentReader, name: string): string {
  const tag = reader.text(name) ?? '';
  if (tag.length > MAX_TAG_LENGTH)
    reader.reject(name, `must have at most ${MAX_TAG_LENGTH} characters`);
  return tag;
}
