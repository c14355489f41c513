import { asList, asRecord, asText, type LooseRecord } from '#product/shared/loose-json.js';
import { accessContact, savedContact } from './sandbox-contact-access.js';
import { newSandboxId, type SandboxContact, type SandboxTask } from './sandbox-documents.js';
import {
  refusal,
  validationFaults,
  type SandboxHandler,
  type SandboxReply,
  type SandboxRequest,
} from './sandbox-reply.js';
import { route, type SandboxRoute } from './sandbox-router.js';
import type { SandboxState } from './sandbox-state.js';

const MAX_ENTRIES = 200;

/** Properties of the API's update that are kept as they come. */
const PROFILE_PROPERTIES = (
  'firstName lastName name email phone address1 city state postalCode country website timezone ' +
  'source dateOfBirth assignedTo inboundDndSettings'
).split(' ');
const UPDATABLE = new Set([...PROFILE_PROPERTIES, 'dnd', 'dndSettings', 'tags', 'customFields']);

type ContactHandler = (
  contact: SandboxContact,
  request: SandboxRequest,
  state: SandboxState,
) => SandboxReply;

/** Also the first touch of a contact makes it stay. */
const getContact: ContactHandler = (contact, _request, state) => ({
  status: 200,
  body: { contact: contactView(contact) },
  puts: state.contact(contact.id) === undefined ? [{ in: 'contact', doc: contact }] : [],
});

const updateContact: ContactHandler = (contact, { body }, state) => {
  const faults = updateFaults(body, state);
  if (faults.length > 0) return refusal(422, faults);
  const updated: SandboxContact = {
    ...contact,
    profile: { ...contact.profile, ...pick(body, PROFILE_PROPERTIES) },
    dnd: typeof body.dnd === 'boolean' ? body.dnd : contact.dnd,
    dndSettings: { ...contact.dndSettings, ...asRecord(body.dndSettings) },
    // Not merged: this is how the CRM behaves, and why tags have calls of their own.
    tags: body.tags === undefined ? contact.tags : distinctTags(asList(body.tags)),
    customFields: { ...contact.customFields, ...writtenFields(body.customFields) },
  };
  return savedContact(state, updated, 200, { succeded: true, contact: contactView(updated) });
};

const addTags: ContactHandler = (contact, { body }, state) => {
  if (!isTagList(body.tags)) return refusal(422, ['tags must be an array']);
  const tags = distinctTags([...contact.tags, ...body.tags]);
  return savedContact(state, { ...contact, tags }, 201, { tags });
};

const removeTags: ContactHandler = (contact, { body }, state) => {
  if (!isTagList(body.tags)) return refusal(422, ['tags must be an array']);
  const removed = new Set(distinctTags(body.tags));
  const tags = contact.tags.filter((tag) => !removed.has(tag));
  return savedContact(state, { ...contact, tags }, 200, { tags });
};

const createTask: ContactHandler = (contact, { body }, state) => {
  const faults = validationFaults([
    [asText(body.title) !== undefined, 'title should not be empty'],
    [
      !Number.isNaN(Date.parse(String(body.dueDate))),
      'dueDate must be a valid ISO 8601 date string',
    ],
    [typeof body.completed === 'boolean', 'completed must be a boolean value'],
  ]);
  if (faults.length > 0) return refusal(422, faults);
  const assignedTo = asText(body.assignedTo);
  const task: SandboxTask = {
    id: newSandboxId(),
    title: String(body.title),
    body: asText(body.body) ?? '',
    dueDate: String(body.dueDate),
    completed: body.completed === true,
    ...(assignedTo === undefined ? {} : { assignedTo }),
  };
  const tasks = [...contact.tasks, task].slice(-MAX_ENTRIES);
  const reply = { task: { ...task, contactId: contact.id } };
  return savedContact(state, { ...contact, tasks }, 201, reply);
};

const listTasks: ContactHandler = (contact) => ({
  status: 200,
  body: { tasks: contact.tasks.map((task) => ({ ...task, contactId: contact.id })) },
});

const addNote: ContactHandler = (contact, { body }, state) => {
  const text = asText(body.body);
  if (text === undefined) return refusal(422, ['body should not be empty']);
  const userId = asText(body.userId);
  const note = {
    id: newSandboxId(),
    body: text,
    dateAdded: state.now(),
    ...(userId === undefined ? {} : { userId }),
  };
  const notes = [...contact.notes, note].slice(-MAX_ENTRIES);
  const reply = { note: { ...note, contactId: contact.id } };
  return savedContact(state, { ...contact, notes }, 201, reply);
};

const listNotes: ContactHandler = (contact) => ({
  status: 200,
  body: { notes: contact.notes.map((note) => ({ ...note, contactId: contact.id })) },
});

const addToWorkflow: ContactHandler = (contact, { params }, state) => {
  const workflows = [...contact.workflows, params.workflowId ?? ''].slice(-MAX_ENTRIES);
  return savedContact(state, { ...contact, workflows }, 200, { succeded: true });
};

const WORKFLOW_OF_CONTACT = '/contacts/:contactId/workflow/:workflowId';

const removeFromWorkflow: ContactHandler = (contact, { params }, state) => {
  const workflows = contact.workflows.filter((id) => id !== params.workflowId);
  return savedContact(state, { ...contact, workflows }, 200, { succeded: true });
};

export const CONTACT_ROUTES: readonly SandboxRoute[] = [
  ofContact('getContact', 'GET', '/contacts/:contactId', getContact),
  ofContact('updateContact', 'PUT', '/contacts/:contactId', updateContact),
  ofContact('addContactTags', 'POST', '/contacts/:contactId/tags', addTags),
  ofContact('removeContactTags', 'DELETE', '/contacts/:contactId/tags', removeTags),
  ofContact('createTask', 'POST', '/contacts/:contactId/tasks', createTask),
  ofContact('listTasks', 'GET', '/contacts/:contactId/tasks', listTasks),
  ofContact('addNote', 'POST', '/contacts/:contactId/notes', addNote),
  ofContact('listNotes', 'GET', '/contacts/:contactId/notes', listNotes),
  ofContact('addToWorkflow', 'POST', WORKFLOW_OF_CONTACT, addToWorkflow),
  ofContact('removeFromWorkflow', 'DELETE', WORKFLOW_OF_CONTACT, removeFromWorkflow),
];

function ofContact(
  operation: string,
  method: SandboxRoute['method'],
  pattern: string,
  handle: ContactHandler,
): SandboxRoute {
  const handler: SandboxHandler = (request, state) => {
    const contactId = request.params.contactId ?? '';
    const access = accessContact(contactId, request, state);
    const reply = access.refused ?? handle(access.contact, request, state);
    return { contactId, ...reply };
  };
  return route(operation, method, pattern, handler);
}

/** The API's own shape of a contact: custom fields by id only. */
export function contactView(contact: SandboxContact): LooseRecord {
  return {
    id: contact.id,
    locationId: contact.locationId,
    ...contact.profile,
    dnd: contact.dnd,
    dndSettings: contact.dndSettings,
    tags: contact.tags,
    customFields: Object.entries(contact.customFields).map(([id, value]) => ({ id, value })),
    dateAdded: contact.dateAdded,
    dateUpdated: contact.dateUpdated,
  };
}

export function distinctTags(tags: readonly unknown[]): readonly string[] {
  return [...new Set(tags.map((tag) => String(tag).toLowerCase()))];
}

function updateFaults(body: LooseRecord, state: SandboxState): readonly string[] {
  const unknown = Object.keys(body).filter((name) => !UPDATABLE.has(name));
  return [
    ...unknown.map((name) => `property ${name} should not exist`),
    ...validationFaults([
      [body.tags === undefined || isTagList(body.tags), 'tags must be an array'],
      [body.dnd === undefined || typeof body.dnd === 'boolean', 'dnd must be a boolean value'],
      [
        body.customFields === undefined || Array.isArray(body.customFields),
        'customFields must be an array',
      ],
    ]),
    ...Object.keys(writtenFields(body.customFields))
      .filter((id) => state.field(id) === undefined)
      .map((id) => `custom field with id ${id} does not exist`),
  ];
}

/** Both spellings of the value that the API's versions use. */
function writtenFields(customFields: unknown): LooseRecord {
  return Object.fromEntries(
    asList(customFields).map((item) => {
      const field = asRecord(item);
      return [String(field.id), field.field_value ?? field.fieldValue ?? field.value ?? ''];
    }),
  );
}

function isTagList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string');
}

function pick(body: LooseRecord, names: readonly string[]): LooseRecord {
  return Object.fromEntries(
    names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  );
}
