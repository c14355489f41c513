import { EMPTY_CONTEXT } from '../../leads/lead-context.js';
import type { KnownLead } from '../sending/sending-rules.js';

/** Of a lead of whom nothing is stored. */
export const UNKNOWN_TO_US: KnownLead = {
  context: EMPTY_CONTEXT,
  register: [],
  sent: { replies: [], others: [] },
};
