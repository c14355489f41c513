/** By what a person is recognised. */
export interface Addresses {
  readonly contactId?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** A kind of address with its one spelling. */
export interface Address {
  readonly kind: 'contact' | 'phone' | 'email';
  readonly value: string;
}

const NORTH_AMERICA = '1';
const NATIONAL_DIGITS = 10;
/** E.164: country code and number; fewer are a short code or a typing mistake. */
const E164_DIGITS = /^[1-9]\d{6,14}$/;

/** Those that are there and can be read, each in one spelling. */
export function normalisedAddresses({ contactId, phone, email }: Addresses): readonly Address[] {
  const values = [
    { kind: 'contact', value: contactId ?? undefined },
    { kind: 'phone', value: normalisedPhone(phone ?? '') },
    { kind: 'email', value: normalisedEmail(email ?? '') },
  ] as const;
  return values.flatMap(({ kind, value }) =>
    value === undefined || value === '' ? [] : [{ kind, value }],
  );
}

/** E.164; ten digits without a country are North American, as the CRM's customers are. */
export function normalisedPhone(text: string): string | undefined {
  const trimmed = text.trim();
  const digits = trimmed.replace(/\D/g, '');
  const international = trimmed.startsWith('00') ? digits.slice(2) : digits;
  const isNational = !trimmed.startsWith('+') && international.length === NATIONAL_DIGITS;
  const number = isNational ? NORTH_AMERICA + international : international;
  return E164_DIGITS.test(number) ? `+${number}` : undefined;
}

export function normalisedEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : undefined;
}
