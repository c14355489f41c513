import { randomUUID } from 'node:crypto';
import { connect } from '../command/connect.js';
import {
  findAdminKey,
  loadOperatorEnvironment,
  type OperatorEnvironment,
} from '../command/operator-environment.js';
import type { Command } from '../command/run-command.js';
import { leadReport } from './lead-report.js';
import { parseLeadOrder, SEND_LEAD_USAGE, type LeadOrder } from './send-lead.options.js';
import { sendOneLead, type LeadResult, type OutgoingLead } from './send-one-lead.js';

const DEMO_LOCATION = 'demo-location';

export const SEND_LEAD: Command<LeadOrder> = {
  usage: SEND_LEAD_USAGE,
  parse: parseLeadOrder,
  async run(order) {
    const environment = loadOperatorEnvironment();
    const client = connect(environment, order.url);
    const result = await sendOneLead(outgoingLead(order, environment), client);
    const adminKey = findAdminKey(environment);
    const reason = adminKey.kind === 'missing' ? adminKey.mend : undefined;
    process.stdout.write(
      leadReport(reason === undefined ? result : unseen(result, reason), new Date()),
    );
    return 0;
  },
};

function outgoingLead(order: LeadOrder, { locationId }: OperatorEnvironment): OutgoingLead {
  const { text, source, firstName } = order;
  return {
    text,
    source,
    firstName,
    contactId: order.contactId ?? `lead-${randomUUID().slice(0, 8)}`,
    locationId: order.locationId ?? locationId ?? DEMO_LOCATION,
  };
}

/** Without a key for the admin API the lead is taken all the same. */
function unseen(result: LeadResult, reason: string): LeadResult {
  return { ...result, aftermath: { kind: 'unknown', reason } };
}
