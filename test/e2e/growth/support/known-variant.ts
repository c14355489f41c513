import { createHash } from 'node:crypto';

/** The contract's bucket, worked out apart from the code under test. */
export function bucketOf(contactId: string, source: string): number {
  const digest = createHash('sha256').update(`${contactId}:${source}`, 'utf8').digest('hex');
  return Number(BigInt(`0x${digest}`) % 100n);
}

export type Variant = 'A' | 'B';

export function variantOf(contactId: string, source: string): Variant {
  return bucketOf(contactId, source) < 50 ? 'A' : 'B';
}

/** Names in turn until one falls into the wanted variant for every source given. */
export function contactIn(prefix: string, wanted: Readonly<Record<string, Variant>>): string {
  const isWanted = (contactId: string): boolean =>
    Object.entries(wanted).every(([source, variant]) => variantOf(contactId, source) === variant);
  for (let index = 0; ; index += 1) {
    const contactId = `${prefix}-${index}`;
    if (isWanted(contactId)) return contactId;
  }
}
