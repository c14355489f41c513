import type { CrmResult } from '../crm.port.js';
import type { GhlRequest } from './ghl-request.js';

const METHODS = { addToWorkflow: 'POST', removeFromWorkflow: 'DELETE' } as const;

/** A contact's place in a workflow of the CRM. */
export function workflowRequest(
  operation: keyof typeof METHODS,
  contactId: string,
  workflowId: string,
): GhlRequest {
  const path = ['contacts', contactId, 'workflow', workflowId];
  return { operation, method: METHODS[operation], path, body: {} };
}

/** Statuses that the removal of a contact answers with that is in no such workflow. */
const NOT_IN_WORKFLOW = new Set([400, 404, 422]);

export function isNotInWorkflow(removed: CrmResult<void>): boolean {
  return !removed.ok && NOT_IN_WORKFLOW.has(removed.failure.status ?? 0);
}
