import type { VariableSpec } from './variable-spec.js';

/** How and when leads are written to. */
export const MESSAGING_VARIABLES: readonly VariableSpec[] = [
  {
    name: 'BUSINESS_NAME',
    description:
      'Name of the business in the first automatic text, at most 40 characters; unset: "our team".',
  },
  {
    name: 'REPLY_MAX_AGE_MINUTES',
    fallback: '60',
    description:
      'A message that arrives later than this after it was written becomes a task instead of a text.',
  },
  {
    name: 'REPLY_DEBOUNCE_SECONDS',
    fallback: '8',
    description:
      'Silence after which a burst of messages is answered, once; at most 30 s after its first; 0 answers each at once.',
  },
  {
    name: 'MESSAGES_PER_CONTACT',
    fallback: '3/day, 20/month',
    description: 'Texts to one contact that it did not ask for, in any such period.',
  },
  {
    name: 'REPLIES_PER_CONTACT',
    fallback: '10/day',
    description: 'Automatic replies to one contact, in any such period; beyond, a task.',
  },
  {
    name: 'KILL_TAGS',
    fallback: 'ai-off,ai off,stop-bot,stop bot',
    description: 'CRM tags of contacts that get no automatic messages, comma-separated.',
  },
  {
    name: 'HUMAN_TAKEOVER_HOURS',
    fallback: '24',
    description:
      'Hours of silence after a person of the team wrote to the lead, or `until_resumed`.',
  },
  {
    name: 'QUIET_HOURS',
    fallback: '21-8',
    description:
      "Hours of the lead's local time in which no proactive text goes out: `21-8`, by weekday `Mon-Sat 21-9, Sun 21-12`, or `off`.",
  },
  {
    name: 'QUIET_HOURS_FOR_REPLIES',
    fallback: 'false',
    description: 'Whether quiet hours also hold direct replies to a message just received.',
  },
];
