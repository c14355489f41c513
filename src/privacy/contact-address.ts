import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Digits and signs of the longest number that anybody dials. */
const MAX_PHONE_LENGTH = 40;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A telephone number as E.164, whatever its spelling; a national one is read as American, as GoHighLevel
 * itself does. Undefined for what is no number.
 */
export function toE164(phone: string | undefined): string | undefined {
  if (phone === undefined || phone.length > MAX_PHONE_LENGTH) return undefined;
  if (E164.test(phone)) return phone;
  const dialled = phone.trim().replace(/^00/, '+');
  const number = parsePhoneNumberFromString(dialled, 'US');
  return number?.isPossible() === true ? number.number : undefined;
}

/** The address of an e-mail account as one compares it: mailboxes that differ in case only are one. */
export function toMailbox(email: string | undefined): string | undefined {
  const mailbox = email?.trim().toLowerCase();
  return mailbox !== undefined && /^[^\s@]+@[^\s@]+$/.test(mailbox) ? mailbox : undefined;
}
