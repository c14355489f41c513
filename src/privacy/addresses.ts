import { toE164, toMailbox } from './contact-address.js';

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

/** Those that are there and can be read, each in one spelling. */
export function normalisedAddresses({ contactId, phone, email }: Addresses): readonly Address[] {
  const values = [
    { kind: 'contact', value: contactId ?? undefined },
    { kind: 'phone', value: toE164(phone ?? undefined) },
    { kind: 'email', value: toMailbox(email ?? undefined) },
  ] as const;
  return values.flatMap(({ kind, value }) =>
    value === undefined || value === '' ? [] : [{ kind, value }],
  );
}
