import {
  ALL_CHANNELS,
  addressOf,
  contactAddress,
  formerEntries,
  isDoNotDisturb,
  isHeld,
  later,
  PHONE_CHANNELS,
  refusedSince,
  withEntries,
  type AddressedContact,
  type ConsentEntry,
  type ConsentKind,
  type ConsentRegister,
} from '../../consent/consent-register.js';
import type { EffectDraft } from '../../effects/effect.js';
import type { ConsentReading } from '../../leads/analysis/consent/detect-consent.js';
import type { CrmEvent, LeadChange } from '../../leads/crm-event.js';
import type { LeadContext } from '../../leads/lead-context.js';

/** YES lifts a refusal within this time of a message that asks for it. */
const YES_HOLDS_MS = 24 * 3_600_000;
const ASKS_FOR_YES =
  /\b(?:reply|text|send|responda|responde|envíe|envía)\s+["'“]?(?:yes|sí|si)\b/iu;

/** What a message does to who may be written to. */
export interface LeadConsent {
  readonly entries: readonly ConsentEntry[];
  /** The journal with them. */
  readonly register: ConsentRegister;
  /** Channels on which it makes the contact unreachable that could be written to before. */
  readonly refused: readonly string[];
  /** Channels on which it lifts what stood. */
  readonly lifted: readonly string[];
}

interface Saying {
  readonly lead: AddressedContact;
  readonly register: ConsentRegister;
  /** ISO time that counts. */
  readonly at: string;
}

/** A time that is later than the arrival is the time of arrival: a clock that runs ahead decides nothing. */
export function effectiveTime({ occurredAt, receivedAt }: CrmEvent): string {
  return (occurredAt < receivedAt ? occurredAt : receivedAt).toISOString();
}

/** What a reading of a message says, on the channel that it came by. */
export function consentOfMessage(
  reading: ConsentReading | null,
  saying: Saying & { readonly channel: string; readonly context: LeadContext },
): LeadConsent {
  const { lead } = saying;
  const former = formerEntries(saying.context.suppression, lead);
  const register = withEntries(saying.register, lead.contactId, former);
  const said = entriesOfReading(reading, saying);
  const after = withEntries(register, lead.contactId, said);
  const entries = [...former, ...said];
  const named = [...new Set(said.map(({ channel }) => channel))];
  const stood = (channel: string): boolean => refusedSince(register, lead, channel) !== null;
  const stands = (channel: string): boolean => refusedSince(after, lead, channel) !== null;
  return {
    entries,
    register: after,
    refused: named.filter((channel) => reading?.verdict === 'opt_out' && stands(channel)),
    lifted: named.filter((channel) => stood(channel) && !stands(channel)),
  };
}

function entriesOfReading(
  reading: ConsentReading | null,
  saying: Saying & { readonly channel: string; readonly context: LeadContext },
): readonly ConsentEntry[] {
  const { channel } = saying;
  switch (reading?.verdict) {
    case undefined:
      return [];
    case 'opt_out':
      return refusedChannels(reading, channel).map((name) =>
        entry(saying, 'refused', name, addressOf(saying.lead, name), reading.words),
      );
    case 'hold':
      return [entry(saying, 'hold', channel, addressOf(saying.lead, channel), reading.words)];
    case 'opt_in':
      return reading.optIn === 'yes' && !wasAskedForYes(saying)
        ? []
        : liftedAddresses(saying.lead, channel).map((address) =>
            entry(saying, 'lifted', channel, address, reading.words),
          );
  }
}

/** The address that the message came from, and the contact itself, in case its address was not known before. */
function liftedAddresses(lead: AddressedContact, channel: string): readonly string[] {
  return [...new Set([addressOf(lead, channel), contactAddress(lead.contactId)])];
}

/** A carrier's word is for the channel that it came by, on a phone for the whole phone; own words say it. */
function refusedChannels({ by, channels }: ConsentReading, channel: string): readonly string[] {
  if (by === 'keyword') return channel === 'SMS' ? PHONE_CHANNELS : [channel];
  if (channels.length === 0) return [...new Set([...ALL_CHANNELS, channel])];
  return [...new Set(channels.flatMap((name) => (name === 'SMS' ? TEXTED : [name])))];
}

/** "Stop texting" means whatever makes the phone buzz with words. */
const TEXTED = PHONE_CHANNELS.filter((channel) => channel !== 'Call');

function wasAskedForYes({
  at,
  context: { turns },
}: Saying & { readonly context: LeadContext }): boolean {
  const since = new Date(Date.parse(at) - YES_HOLDS_MS).toISOString();
  return turns.some(
    (turn) =>
      turn.from !== 'lead' && turn.at >= since && turn.at <= at && ASKS_FOR_YES.test(turn.text),
  );
}

function entry(
  { at }: Saying,
  kind: ConsentKind,
  channel: string,
  address: string,
  words: string | null,
): ConsentEntry {
  return { kind, channel, address, at, saidBy: 'lead', words };
}

/** What the CRM says of its do-not-disturb, by channel. */
export function consentOfChange(change: LeadChange): readonly ConsentEntry[] {
  const at = effectiveTime(change);
  const address = `contact:${change.contactId}`;
  return (change.doNotDisturbChannels ?? []).map(({ channel, isOn }) => ({
    kind: isOn ? 'dnd_on' : 'dnd_off',
    channel,
    address,
    at,
    saidBy: 'crm',
    words: null,
  }));
}

/** Where somebody who says no stands, on one channel. */
export interface ConsentStanding {
  readonly isRefused: boolean;
  readonly isDoNotDisturb: boolean;
  readonly isHeld: boolean;
}

export function consentStanding(
  register: ConsentRegister,
  lead: AddressedContact,
  { channel, clearAt }: { readonly channel: string; readonly clearAt: string | null },
): ConsentStanding {
  return {
    isRefused: refusedSince(register, lead, channel) !== null,
    isDoNotDisturb: isDoNotDisturb(register, lead, channel),
    isHeld: isHeld(register, lead, clearAt),
  };
}

/** The newest time at which a message was read without doubt: a later arrival of an older one changes nothing. */
export function clearAtAfter(
  context: LeadContext,
  reading: ConsentReading | null,
  at: string,
): string | null {
  return reading?.verdict === 'hold' ? context.clear_at : later(context.clear_at, at);
}

/** Do-not-disturb in the CRM, as far as what was said changes where the contact stands. */
export function consentEffects(
  { refused, lifted, register }: LeadConsent,
  { contactId }: AddressedContact,
  dueAt: Date,
): readonly EffectDraft[] {
  const contactIds = [
    ...new Set([
      contactId,
      ...register.filter(({ kind }) => kind === 'refused').map((mark) => mark.contactId),
    ]),
  ].sort();
  return [
    ...(refused.length === 0
      ? []
      : [
          {
            step: 'do_not_disturb',
            dueAt,
            payload: { kind: 'set_do_not_disturb', channels: refused } as const,
          },
        ]),
    ...(lifted.length === 0
      ? []
      : [
          {
            step: 'lift_do_not_disturb',
            dueAt,
            payload: { kind: 'lift_do_not_disturb', channels: lifted, contactIds } as const,
          },
        ]),
  ];
}
