import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfiguration } from '../../config/configuration.js';
import {
  refusedSince,
  withEntries,
  type AddressedContact,
  type ConsentRegister,
} from '../../consent/consent-register.js';
import { judgeSending } from '../../effects/sending/sending-rules.js';
import { UNKNOWN_TO_US } from '../../effects/testing/sample-known-lead.js';
import type { ConsentReading } from '../../leads/analysis/consent/detect-consent.js';
import type { LeadChange } from '../../leads/crm-event.js';
import { EMPTY_CONTEXT } from '../../leads/lead-context.js';
import {
  consentOfChange,
  consentOfMessage,
  consentStanding,
  effectiveTime,
} from './lead-consent.js';

const PHONE = '+12145550123';
const START_MS = Date.parse('2026-03-01T00:00:00.000Z');
const ARRIVED_MS = START_MS + 1_000_000;
const HISTORIES = 10_000;
const CHANNELS = ['SMS', 'WhatsApp', 'Email'];
const MESSAGING = readConfiguration({ QUIET_HOURS: 'off' }).messaging;

/** Two contacts of one number, and one of another. */
const LEADS: readonly AddressedContact[] = [
  { contactId: 'a', contact: { phone: PHONE, email: 'a@example.com' } },
  { contactId: 'b', contact: { phone: PHONE } },
  { contactId: 'c', contact: { phone: '+19725550100' } },
];

type Said = 'stop' | 'own_words' | 'start' | 'yes' | 'hold' | 'nothing' | 'dnd_on' | 'dnd_off';

interface Occurrence {
  readonly lead: number;
  readonly said: Said;
  readonly channel: string;
  /** Undefined: the sender gave none. */
  readonly offset: number | undefined;
  /** How often it arrives. */
  readonly times: number;
}

const READINGS: Partial<Record<Said, ConsentReading>> = {
  stop: { verdict: 'opt_out', by: 'keyword', channels: [], words: 'STOP' },
  own_words: { verdict: 'opt_out', by: 'own_words', channels: [], words: 'stop texting me' },
  start: { verdict: 'opt_in', by: 'keyword', channels: [], words: 'START', optIn: 'start' },
  yes: { verdict: 'opt_in', by: 'keyword', channels: [], words: 'YES', optIn: 'yes' },
  hold: { verdict: 'hold', by: 'own_words', channels: [], words: '🛑' },
};

const occurrence: fc.Arbitrary<Occurrence> = fc.record({
  lead: fc.nat({ max: LEADS.length - 1 }),
  said: fc.constantFrom<Said[]>(
    ...(['stop', 'own_words', 'start', 'yes', 'hold', 'nothing', 'dnd_on', 'dnd_off'] as const),
  ),
  channel: fc.constantFrom('SMS', 'SMS', 'Email', 'WhatsApp'),
  // Few times, so that some are equal; some lie in the future of their arrival.
  offset: fc.option(
    fc.integer({ min: 0, max: 6 }).map((step) => step * 200_000),
    {
      nil: undefined,
    },
  ),
  times: fc.integer({ min: 1, max: 2 }),
});

function leadOf({ lead }: Occurrence): AddressedContact {
  const found = LEADS[lead];
  if (found === undefined) throw new Error('no such lead');
  return found;
}

/** The time that counts: its own, unless it is missing or later than the arrival. */
function timeOf({ offset }: Occurrence): string {
  const occurredMs = offset === undefined ? ARRIVED_MS : START_MS + offset;
  return new Date(Math.min(occurredMs, ARRIVED_MS)).toISOString();
}

function changeOf(one: Occurrence): LeadChange {
  const at = new Date(timeOf(one));
  return {
    kind: 'change',
    type: 'ContactDndUpdate',
    subject: 'consent',
    locationId: 'l',
    contactId: leadOf(one).contactId,
    occurredAt: at,
    receivedAt: new Date(ARRIVED_MS),
    contact: {},
    source: null,
    signals: [],
    doNotDisturb: one.said === 'dnd_on',
    doNotDisturbChannels: [{ channel: one.channel, isOn: one.said === 'dnd_on' }],
  };
}

/** The register after these have arrived, in this order. */
function after(arrivals: readonly Occurrence[]): ConsentRegister {
  return arrivals.reduce<ConsentRegister>((register, one) => {
    const lead = leadOf(one);
    if (one.said === 'dnd_on' || one.said === 'dnd_off') {
      return withEntries(register, lead.contactId, consentOfChange(changeOf(one)));
    }
    return consentOfMessage(READINGS[one.said] ?? null, {
      lead,
      register,
      at: timeOf(one),
      channel: one.channel,
      context: EMPTY_CONTEXT,
    }).register;
  }, []);
}

/** Contacts that share an address on a channel share what was said there. */
function sharesAddress(left: AddressedContact, right: AddressedContact, channel: string): boolean {
  if (left.contactId === right.contactId) return true;
  return channel !== 'Email' && [left, right].every(({ contactId }) => contactId !== 'c');
}

/** Worked out the other way: the whole history in the order of its times, the refusal last where they are equal. */
function isRefused(
  history: readonly Occurrence[],
  lead: AddressedContact,
  channel: string,
): boolean {
  const refuses = ({ said, channel: by }: Occurrence): boolean =>
    said === 'own_words' ||
    (said === 'stop' && (by === channel || (by === 'SMS' && channel === 'WhatsApp')));
  const lifts = ({ said, channel: by }: Occurrence): boolean => said === 'start' && by === channel;
  return history
    .filter((one) => sharesAddress(leadOf(one), lead, channel))
    .filter((one) => refuses(one) || lifts(one))
    .sort(
      (left, right) =>
        timeOf(left).localeCompare(timeOf(right)) || +refuses(left) - +refuses(right),
    )
    .reduce((_, one) => refuses(one), false);
}

function mayText(
  register: ConsentRegister,
  { contactId, contact }: AddressedContact,
  channel: string,
) {
  const at = new Date(ARRIVED_MS + 1);
  const verdict = judgeSending({
    lead: { locationId: 'l', contactId },
    outgoing: {
      purpose: 'reply',
      channel,
      isTheirChannel: true,
      answersAt: at,
      createdAt: at,
      dueAt: at,
    },
    known: { ...UNKNOWN_TO_US, register, context: { ...EMPTY_CONTEXT, contact } },
    contact: undefined,
    messaging: MESSAGING,
    locationTimezone: 'UTC',
    now: at,
  });
  return verdict.kind === 'send' ? 'sent' : verdict.reason;
}

function isSame(
  left: ConsentRegister,
  right: ConsentRegister,
  lead: AddressedContact,
  channel: string,
): boolean {
  const [one, other] = [left, right].map((register) =>
    consentStanding(register, lead, { channel, clearAt: null }),
  );
  return (
    one?.isRefused === other?.isRefused &&
    one?.isDoNotDisturb === other?.isDoNotDisturb &&
    one?.isHeld === other?.isHeld
  );
}

describe('consent, whatever the order in which events arrive', () => {
  const history = fc.array(occurrence, { maxLength: 8 }).chain((events) =>
    fc.record({
      events: fc.constant(events),
      arrivals: fc.shuffledSubarray(
        events.flatMap((one) => Array.from({ length: one.times }, () => one)),
        { minLength: events.reduce((sum, { times }) => sum + times, 0) },
      ),
    }),
  );

  it('stands where the times of the events put it, and no text leaves after a refusal', () => {
    fc.assert(
      fc.property(history, ({ events, arrivals }) => {
        const register = after(arrivals);
        const inOrder = after(events);
        // Compared here and not by `expect`, which takes longer than all else.
        return LEADS.every((lead) =>
          CHANNELS.every((channel) => {
            const isHeldBack = refusedSince(register, lead, channel) !== null;
            const asExpected = isHeldBack === isRefused(events, lead, channel);
            const staysSilent = !isHeldBack || mayText(register, lead, channel) === 'suppressed';
            return asExpected && staysSilent && isSame(register, inOrder, lead, channel);
          }),
        );
      }),
      { numRuns: HISTORIES },
    );
  });
});

describe('consentOfMessage', () => {
  const [lead] = LEADS;
  const said = (reading: ConsentReading, channel = 'SMS', context = EMPTY_CONTEXT) => {
    if (lead === undefined) throw new Error('no lead');
    const at = new Date(ARRIVED_MS).toISOString();
    return consentOfMessage(reading, { lead, register: [], at, channel, context });
  };
  const channels = (entries: readonly { readonly channel: string }[]) =>
    entries.map(({ channel }) => channel);

  it('takes a keyword for the whole phone on SMS, and else for its channel', () => {
    const stop: ConsentReading = { verdict: 'opt_out', by: 'keyword', channels: [], words: 'STOP' };
    expect(channels(said(stop).entries)).toEqual(['SMS', 'Call', 'RCS', 'WhatsApp']);
    expect(channels(said(stop, 'FB').entries)).toEqual(['FB']);
    expect(said(stop, 'Email').entries[0]?.address).toBe('mailto:a@example.com');
  });

  it('takes own words for what they name, however they came', () => {
    const words: ConsentReading = {
      verdict: 'opt_out',
      by: 'own_words',
      channels: ['Call'],
      words: 'stop calling',
    };
    expect(channels(said(words, 'Email').entries)).toEqual(['Call']);
    expect(channels(said({ ...words, channels: ['SMS'] }).entries)).toEqual([
      'SMS',
      'RCS',
      'WhatsApp',
    ]);
    expect(channels(said({ ...words, channels: [] }).entries)).toContain('Email');
  });

  it('takes YES only in answer to a message of the last day that asks for it', () => {
    const yes: ConsentReading = {
      verdict: 'opt_in',
      by: 'keyword',
      channels: [],
      words: 'YES',
      optIn: 'yes',
    };
    expect(said(yes).entries).toEqual([]);
    const asked = (agoMs: number) => ({
      ...EMPTY_CONTEXT,
      turns: [
        {
          at: new Date(ARRIVED_MS - agoMs).toISOString(),
          from: 'bot' as const,
          text: 'Reply YES to hear from us again.',
        },
      ],
    });
    expect(said(yes, 'SMS', asked(3_600_000)).entries).toMatchObject([
      { kind: 'lifted', address: `tel:${PHONE}` },
      { kind: 'lifted', address: 'contact:a' },
    ]);
    expect(said(yes, 'SMS', asked(25 * 3_600_000)).entries).toEqual([]);
  });

  it('counts a time that is later than the arrival as the time of arrival', () => {
    const event = changeOf({
      lead: 0,
      said: 'dnd_on',
      channel: 'SMS',
      offset: undefined,
      times: 1,
    });
    const ahead = { ...event, occurredAt: new Date(ARRIVED_MS + 1_000) };
    expect(effectiveTime(ahead)).toBe(new Date(ARRIVED_MS).toISOString());
  });
});
