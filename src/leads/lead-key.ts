/** Names a lead. */
export interface LeadKey {
  readonly locationId: string;
  readonly contactId: string;
}

/** One string per lead, for maps and for sorting into the order in which rows are locked. */
export function leadKeyText({ locationId, contactId }: LeadKey): string {
  return JSON.stringify([locationId, contactId]);
}
