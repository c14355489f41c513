import type { CrmContact } from '../crm.port.js';
import { asList, asRecord, asText, type LooseRecord } from '../../shared/loose-json.js';

/** `active` means that do-not-disturb is on; `permanent` that a STOP or the carrier put it on. */
const BLOCKING = new Set(['active', 'permanent']);

/** Undefined when the reply holds no contact. */
export function readContact(body: unknown): CrmContact | undefined {
  const contact = asRecord(asRecord(body).contact);
  const id = asText(contact.id);
  if (id === undefined) return undefined;
  return {
    id,
    ...texts(contact),
    tags: asList(contact.tags).filter((tag) => typeof tag === 'string'),
    customFields: readCustomFields(contact),
    isBlocked: (channel) => contact.dnd === true || blocksChannel(contact.dndSettings, channel),
  };
}

export function readCustomFields(contact: LooseRecord): CrmContact['customFields'] {
  return asList(contact.customFields).flatMap((item) => {
    const { id, value } = asRecord(item);
    return typeof id === 'string' ? [{ id, value }] : [];
  });
}

function texts(contact: LooseRecord): Partial<CrmContact> {
  const firstName = asText(contact.firstName);
  const phone = asText(contact.phone);
  const timezone = asText(contact.timezone);
  const assignedTo = asText(contact.assignedTo);
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(phone === undefined ? {} : { phone }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
}

/** Compared in lower case: the API's versions spell the channels differently. */
function blocksChannel(settings: unknown, channel: string): boolean {
  return Object.entries(asRecord(settings)).some(
    ([name, setting]) =>
      name.toLowerCase() === channel.toLowerCase() &&
      BLOCKING.has(String(asRecord(setting).status).toLowerCase()),
  );
}

/** Empty when the CRM did not tell; the thing exists all the same. */
export function readIdOf(body: unknown, kind: 'task' | 'note'): string {
  return asText(asRecord(asRecord(body)[kind]).id) ?? '';
}
