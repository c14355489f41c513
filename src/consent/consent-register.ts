import { toE164, toMailbox } from '../privacy/contact-address.js';
import type { ContactProfile } from '../leads/crm-event.js';
import { CRM_DO_NOT_DISTURB, type Suppression } from '../leads/lead-context.js';

/**
 * Who may be written to, on which channel, as the journal has it. The newest entry of each kind at an
 * address says all that deciding needs, so the order in which entries arrive cannot matter.
 */

export const CONSENT_KINDS = [
  /** The lead, or a person of the team for it, wants no messages. */
  'refused',
  'lifted',
  /** A message that may be a refusal: a person has to read it. */
  'hold',
  'hold_ended',
  /** The CRM's do-not-disturb. */
  'dnd_on',
  'dnd_off',
  /** A do-not-disturb that this service has set. */
  'dnd_ours',
] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** The newest entry of a kind that a contact has caused at an address. */
export interface ConsentMark {
  readonly address: string;
  readonly channel: string;
  readonly kind: ConsentKind;
  readonly contactId: string;
  /** ISO time of the event, or of its arrival where that is earlier. */
  readonly at: string;
}

export type ConsentRegister = readonly ConsentMark[];

/** An entry of the journal as a decision proposes it. */
export interface ConsentEntry extends Omit<ConsentMark, 'contactId'> {
  readonly saidBy: 'lead' | 'crm' | 'person' | 'service';
  readonly words: string | null;
}

/** Channels of a telephone number: a STOP on one counts for all of them. */
export const PHONE_CHANNELS = ['SMS', 'Call', 'RCS', 'WhatsApp'] as const;
/** Channels that an account at another service stands behind, of which only the contact's id is known. */
const ACCOUNT_CHANNELS = ['FB', 'IG', 'GMB', 'Live_Chat'] as const;
export const ALL_CHANNELS: readonly string[] = [...PHONE_CHANNELS, 'Email', ...ACCOUNT_CHANNELS];
/** In place of a channel: whatever the channel. */
export const EVERY_CHANNEL = '*';

/** A contact with what is known of where it can be reached. */
export interface AddressedContact {
  readonly contactId: string;
  readonly contact: Pick<ContactProfile, 'phone' | 'email'>;
}

function isPhoneChannel(channel: string): boolean {
  return PHONE_CHANNELS.some((name) => name === channel);
}

/** Where a message of this channel arrives: the phone, the mailbox, else the contact itself. */
export function addressOf({ contactId, contact }: AddressedContact, channel: string): string {
  if (isPhoneChannel(channel)) {
    const phone = toE164(contact.phone);
    if (phone !== undefined) return `tel:${phone}`;
  }
  const mailbox = channel === 'Email' ? toMailbox(contact.email) : undefined;
  return mailbox === undefined ? contactAddress(contactId) : `mailto:${mailbox}`;
}

export function contactAddress(contactId: string): string {
  return `contact:${contactId}`;
}

/** Somebody of the team has read what was held. */
export function endOfHold(contactId: string, at: string, words: string | null): ConsentEntry {
  const address = contactAddress(contactId);
  return { kind: 'hold_ended', channel: EVERY_CHANNEL, address, at, saidBy: 'person', words };
}

/** All under which entries of this contact may stand. */
export function addressesOf(lead: AddressedContact): string[] {
  return [
    ...new Set([contactAddress(lead.contactId), addressOf(lead, 'SMS'), addressOf(lead, 'Email')]),
  ];
}

/** What a version before the journal kept with the lead: a refusal of everything, or the CRM's block. */
export function formerEntries(
  suppression: Suppression | null,
  lead: AddressedContact,
): readonly ConsentEntry[] {
  if (suppression === null) return [];
  const { at, reason } = suppression;
  const common = { at, words: null } as const;
  if (reason === CRM_DO_NOT_DISTURB) {
    const address = contactAddress(lead.contactId);
    return [{ ...common, kind: 'dnd_on', channel: EVERY_CHANNEL, address, saidBy: 'crm' }];
  }
  return ALL_CHANNELS.map((channel) => ({
    ...common,
    kind: 'refused',
    channel,
    address: addressOf(lead, channel),
    saidBy: 'lead',
  }));
}

/** The register with entries that a decision adds. */
export function withEntries(
  register: ConsentRegister,
  contactId: string,
  entries: readonly ConsentEntry[],
): ConsentRegister {
  if (entries.length === 0) return register;
  const added = entries.map(({ address, channel, kind, at }) => ({
    address,
    channel,
    kind,
    at,
    contactId,
  }));
  return [...register, ...added];
}

/**
 * Since when this contact may not be written to on a channel because somebody said no; null when it may.
 * At the address it has now, a refusal by any contact counts; at one that it had before, its own.
 */
export function refusedSince(
  register: ConsentRegister,
  lead: AddressedContact,
  channel: string,
): string | null {
  const onChannel = register.filter((mark) => mark.channel === channel);
  const current = new Set([addressOf(lead, channel), contactAddress(lead.contactId)]);
  const addresses = new Set(onChannel.map(({ address }) => address));
  const isOwn = ({ contactId }: ConsentMark): boolean => contactId === lead.contactId;
  const standing = [...addresses].flatMap((address) => {
    const isCurrent = current.has(address);
    const refused = newest(
      onChannel.filter((mark) => mark.address === address && (isCurrent || isOwn(mark))),
      'refused',
    );
    const lifted = newest(
      onChannel.filter((mark) => mark.address === address || (!isCurrent && isOwn(mark))),
      'lifted',
    );
    // At equal times the refusal holds.
    return refused !== null && (lifted === null || refused >= lifted) ? [refused] : [];
  });
  return standing.reduce<string | null>(later, null);
}

/** Whether the CRM's do-not-disturb is on for a channel, as far as its events have told. */
export function isDoNotDisturb(
  register: ConsentRegister,
  { contactId }: AddressedContact,
  channel: string,
): boolean {
  const own = register.filter(
    (mark) =>
      mark.contactId === contactId && (mark.channel === channel || mark.channel === EVERY_CHANNEL),
  );
  const on = newest(own, 'dnd_on');
  const off = later(newest(own, 'dnd_off'), newest(own, 'lifted'));
  return on !== null && (off === null || on >= off);
}

/**
 * Whether a message that may be a refusal waits for somebody to read it.
 *
 * @param readSince when the lead last wrote something that is none without doubt
 */
export function isHeld(
  register: ConsentRegister,
  { contactId }: AddressedContact,
  readSince: string | null,
): boolean {
  const own = register.filter((mark) => mark.contactId === contactId);
  const held = newest(own, 'hold');
  const ended = later(newest(own, 'hold_ended'), readSince);
  return held !== null && (ended === null || held >= ended);
}

/** ISO times in UTC compare as text. */
function newest(marks: readonly ConsentMark[], kind: ConsentKind): string | null {
  let found: string | null = null;
  for (const mark of marks) {
    if (mark.kind === kind) found = later(found, mark.at);
  }
  return found;
}

export function later(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}
