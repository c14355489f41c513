import { isForAPerson } from './answer-lead.js';
import type { LeadDraft } from './lead-draft.js';
import type { LeadInput } from './lead-input.js';

/** Something that a person has to do in place of a text. */
export interface LeadTask {
  readonly name: string;
  readonly title: string;
}

/** By its title the task is known again when somebody has completed it. */
export const READ_TASK_TITLE = 'Read this: it may ask us to stop writing';

const DAY_MS = 86_400_000;

/** Tasks that this message makes; each name at most once a day for one contact. */
export function tasksFor(draft: LeadDraft, input: LeadInput): readonly LeadTask[] {
  const { tasks } = input.situation.context;
  return wantedTasks(draft).filter(({ name }) => {
    const last = tasks[name];
    return last === undefined || input.at.getTime() - Date.parse(last) >= DAY_MS;
  });
}

function wantedTasks({ message, intent, reply }: LeadDraft): readonly LeadTask[] {
  if (message.consent?.verdict === 'hold') {
    return [{ name: 'read', title: READ_TASK_TITLE }];
  }
  if (message.text !== '' && isForAPerson(intent)) {
    return [{ name: intent, title: `Answer this lead: it wants to ${WANTS[intent] ?? intent}` }];
  }
  return reply.withheld === 'stale'
    ? [{ name: 'stale', title: 'Answer this lead: its message reached us late' }]
    : [];
}

const WANTS: Readonly<Record<string, string>> = { seller: 'sell a home', renter: 'rent a home' };
