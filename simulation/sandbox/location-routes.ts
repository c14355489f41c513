import { asText } from '#product/shared/loose-json.js';
import { newSandboxId, type SandboxField } from './sandbox-documents.js';
import {
  FOREIGN_LOCATION,
  refusal,
  validationFaults,
  type SandboxHandler,
} from './sandbox-reply.js';
import { route, type SandboxRoute } from './sandbox-router.js';

/** A location that has been used before has fields of its own; none of ours are among them. */
const SEEDED_FIELDS = [
  { name: 'Preferred Contact Time', dataType: 'TEXT' },
  { name: 'Number of Bedrooms', dataType: 'NUMERICAL' },
] as const;

const FIELDS = '/locations/:locationId/customFields';
const MODELS = new Set(['contact', 'opportunity']);

const USERS = [
  { id: 'sandboxUser0000000001', name: 'Alex Agent', email: 'alex@sandbox.invalid' },
  { id: 'sandboxUser0000000002', name: 'Billie Broker', email: 'billie@sandbox.invalid' },
] as const;

const getLocation: SandboxHandler = ({ params }) => ({
  status: 200,
  body: {
    location: { id: params.locationId, name: 'Sandbox location', timezone: 'America/Chicago' },
  },
});

const listCustomFields: SandboxHandler = ({ params, query }, state) => {
  const locationId = params.locationId ?? '';
  const known = state.fieldsOf(locationId);
  const seeded = known.length > 0 ? [] : SEEDED_FIELDS.map((seed) => newField(locationId, seed));
  const model = query.get('model') ?? 'contact';
  const customFields = [...known, ...seeded].filter(
    (field) => model === 'all' || field.model === model,
  );
  const puts = seeded.map((doc) => ({ in: 'field', doc }) as const);
  return { status: 200, body: { customFields }, puts };
};

const createCustomField: SandboxHandler = ({ params, body }, state) => {
  const locationId = params.locationId ?? '';
  const name = asText(body.name);
  const dataType = asText(body.dataType);
  const model = body.model ?? 'contact';
  const faults = validationFaults([
    [name !== undefined, 'name should not be empty'],
    [dataType !== undefined, 'dataType should not be empty'],
    [MODELS.has(String(model)), 'model must be one of the following values: contact, opportunity'],
  ]);
  if (name === undefined || dataType === undefined || faults.length > 0) {
    return refusal(422, faults);
  }
  const customField = newField(locationId, { name, dataType, model: String(model) });
  const taken = state.fieldsOf(locationId).some((one) => one.fieldKey === customField.fieldKey);
  if (taken) return refusal(400, `Custom field with key ${customField.fieldKey} already exists`);
  return { status: 201, body: { customField }, puts: [{ in: 'field', doc: customField }] };
};

const listUsers: SandboxHandler = ({ query }) => {
  const locationId = query.get('locationId');
  if (locationId === null) return refusal(422, ['locationId should not be empty']);
  const roles = { type: 'account', role: 'user', locationIds: [locationId] };
  return { status: 200, body: { users: USERS.map((user) => ({ ...user, roles })) } };
};

/** A token of another location is refused, as the CRM does. */
function ofOwnLocation(handler: SandboxHandler): SandboxHandler {
  return (request, state) => {
    const { tokenLocationId, params } = request;
    return tokenLocationId === null || tokenLocationId === params.locationId
      ? handler(request, state)
      : FOREIGN_LOCATION;
  };
}

export const LOCATION_ROUTES: readonly SandboxRoute[] = [
  route('getLocation', 'GET', '/locations/:locationId', ofOwnLocation(getLocation)),
  route('listCustomFields', 'GET', FIELDS, ofOwnLocation(listCustomFields)),
  route('createCustomField', 'POST', FIELDS, ofOwnLocation(createCustomField)),
  route('listUsers', 'GET', '/users', listUsers),
];

/** The CRM makes the key from the name: lower case, everything else than letters and digits `_`. */
function newField(
  locationId: string,
  field: { readonly name: string; readonly dataType: string; readonly model?: string },
): SandboxField {
  const { name, dataType, model = 'contact' } = field;
  const key = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return { id: newSandboxId(), locationId, name, fieldKey: `${model}.${key}`, dataType, model };
}
