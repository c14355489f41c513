import { asText } from '#product/shared/loose-json.js';
import { newSandboxId, type SandboxOpportunity } from './sandbox-documents.js';
import { refusal, validationFaults, type SandboxHandler } from './sandbox-reply.js';
import { route, type SandboxRoute } from './sandbox-router.js';

const STATUSES = new Set<unknown>(['open', 'won', 'lost', 'abandoned']);

const createOpportunity: SandboxHandler = ({ body }) => {
  const { contactId, locationId, name, status } = body;
  const faults = validationFaults([
    [asText(contactId) !== undefined, 'contactId should not be empty'],
    [asText(locationId) !== undefined, 'locationId should not be empty'],
    [asText(name) !== undefined, 'name should not be empty'],
    [
      STATUSES.has(status),
      'status must be one of the following values: open, won, lost, abandoned',
    ],
  ]);
  if (faults.length > 0) return refusal(422, faults);
  const opportunity: SandboxOpportunity = {
    ...body,
    id: newSandboxId(),
    locationId: String(locationId),
    contactId: String(contactId),
    status: String(status),
  };
  return {
    status: 201,
    body: { opportunity },
    contactId: opportunity.contactId,
    puts: [{ in: 'opportunity', doc: opportunity }],
  };
};

const searchOpportunities: SandboxHandler = ({ query }, state) => {
  const locationId = query.get('location_id');
  if (locationId === null) return refusal(422, ['location_id should not be empty']);
  const contactId = query.get('contact_id');
  const opportunities = [...state.opportunities()].filter(
    (one) => one.locationId === locationId && (contactId === null || one.contactId === contactId),
  );
  return { status: 200, body: { opportunities, meta: { total: opportunities.length } } };
};

const updateOpportunityStatus: SandboxHandler = ({ params, body }, state) => {
  const opportunity = state.opportunity(params.opportunityId ?? '');
  if (opportunity === undefined) return refusal(404, 'Opportunity not found');
  if (!STATUSES.has(body.status)) return refusal(422, ['status must be a valid status']);
  const doc = { ...opportunity, status: String(body.status) };
  return {
    status: 200,
    body: { succeded: true },
    contactId: opportunity.contactId,
    puts: [{ in: 'opportunity', doc }],
  };
};

export const OPPORTUNITY_ROUTES: readonly SandboxRoute[] = [
  route('createOpportunity', 'POST', '/opportunities', createOpportunity),
  route('searchOpportunities', 'GET', '/opportunities/search', searchOpportunities),
  route(
    'updateOpportunityStatus',
    'PUT',
    '/opportunities/:opportunityId/status',
    updateOpportunityStatus,
  ),
];
