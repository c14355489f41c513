import type { VariableSpec } from './variable-spec.js';

/** The rows of handoffs in the list of all variables. */
export const HANDOFF_VARIABLES: readonly VariableSpec[] = [
  {
    name: 'HANDOFF_USER_IDS',
    description:
      "CRM users who take handoffs in turn, comma-separated; unset: the contact's owner.",
  },
  {
    name: 'HANDOFF_ASSIGN_CONTACT',
    fallback: 'false',
    description: "Whether opening a handoff also makes its user the contact's owner.",
  },
  {
    name: 'HANDOFF_HIGH_MINUTES',
    fallback: '5',
    description: 'Business minutes within which somebody must take a lead at high risk.',
  },
  {
    name: 'HANDOFF_MEDIUM_MINUTES',
    fallback: '60',
    description: 'The same at any other risk.',
  },
  {
    name: 'HANDOFF_BUSINESS_HOURS',
    fallback: 'Mon-Sat 8-20',
    description:
      'When the clock of a handoff runs, in LEAD_TIMEZONE: e.g. `Mon-Fri 8-20, Sat 9-12:30`, or `always`.',
  },
  {
    name: 'HANDOFF_TAG',
    fallback: 'needs_handoff',
    description: 'CRM tag of a lead that waits for a person.',
  },
  {
    name: 'HANDOFF_BREACH_TAG',
    fallback: 'handoff_breached',
    description: 'CRM tag of a lead whose handoff nobody took in time.',
  },
  {
    name: 'HANDOFF_ACK_TAG',
    fallback: 'handoff_ack',
    description: 'Put on a contact in the CRM, it takes the handoff.',
  },
  {
    name: 'HANDOFF_RESOLVE_TAG',
    fallback: 'handoff_resolved',
    description: 'Put on a contact in the CRM, it ends the handoff: the bot may speak again.',
  },
];
