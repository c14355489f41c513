import type { SandboxContact } from './sandbox-documents.js';
import {
  FOREIGN_LOCATION,
  refusal,
  type SandboxReply,
  type SandboxRequest,
} from './sandbox-reply.js';
import type { SandboxState } from './sandbox-state.js';

export type ContactAccess =
  | { readonly contact: SandboxContact; readonly refused?: undefined }
  | { readonly refused: SandboxReply };

/** A contact as this token may see it. */
export function accessContact(
  contactId: string,
  request: SandboxRequest,
  state: SandboxState,
): ContactAccess {
  const contact = state.touchContact(contactId, request.tokenLocationId);
  if (contact === undefined) return { refused: refusal(404, 'Contact not found') };
  const { tokenLocationId } = request;
  const foreign =
    tokenLocationId !== null &&
    contact.locationId !== null &&
    contact.locationId !== tokenLocationId;
  if (foreign) {
    return { refused: FOREIGN_LOCATION };
  }
  return { contact: { ...contact, locationId: contact.locationId ?? tokenLocationId } };
}

/** The answer to a change of a contact, with the change. */
export function savedContact(
  state: SandboxState,
  contact: SandboxContact,
  status: number,
  body: unknown,
): SandboxReply {
  const doc = { ...contact, dateUpdated: state.now() };
  return { status, body, contactId: contact.id, puts: [{ in: 'contact', doc }] };
}
