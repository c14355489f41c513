import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';

/** What the built-in CRM holds of one contact. */
export interface SandboxContactView {
  /** Custom fields by key. */
  readonly fields: LooseRecord;
  /** In lower case, as the CRM keeps them. */
  readonly tags: readonly string[];
  /** Texts that were sent to the contact. */
  readonly sentTexts: readonly string[];
  readonly doNotDisturb: boolean;
}

const NOBODY: SandboxContactView = { fields: {}, tags: [], sentTexts: [], doNotDisturb: false };

/** Looks into the sandbox; a contact that it does not know has nothing. */
export async function viewSandboxContact(
  sandboxUrl: string,
  contactId: string,
): Promise<SandboxContactView> {
  const response = await fetch(`${sandboxUrl}/_sandbox/contacts/${encodeURIComponent(contactId)}`);
  if (response.status === 404) return NOBODY;
  const contact = asRecord(await response.json());
  const messages = asList(contact['messages']).map(asRecord);
  return {
    fields: asRecord(contact['fields']),
    tags: asList(contact['tags']).map(String),
    sentTexts: messages
      .filter(({ direction }) => direction === 'outbound')
      .map(({ body }) => asText(body) ?? ''),
    doNotDisturb: contact['dnd'] === true || hasActiveBlock(asRecord(contact['dndSettings'])),
  };
}

function hasActiveBlock(settings: LooseRecord): boolean {
  return Object.values(settings).some((channel) => {
    const { status } = asRecord(channel);
    return status === 'active' || status === 'permanent';
  });
}
