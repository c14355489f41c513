import type { EffectDraft, EffectPayload } from '../effects/effect.js';
import type { Handoff } from './handoff.js';
import { breachNote } from './handoff-note.js';
import type { HandoffOptions } from './handoff-options.js';

/** What leaves the process when a deadline passes and nobody came. Pure. */
export function breachEffects(
  handoff: Handoff,
  reassignedTo: string | null,
  breachedAt: Date,
  options: HandoffOptions,
): EffectDraft[] {
  const draft = (step: string, payload: EffectPayload): EffectDraft => ({
    step,
    dueAt: breachedAt,
    payload,
  });
  return [
    draft('tag', { kind: 'add_tags', tags: [options.tags.breached] }),
    ...(reassignedTo === null
      ? []
      : [
          draft('task', {
            kind: 'create_task',
            title: `Overdue handoff: contact this lead now (score ${handoff.summary.lead_score})`,
            body: `${handoff.summary.wants}. ${handoff.summary.next_step}`,
            dueAt: breachedAt.toISOString(),
            assignedTo: reassignedTo,
          }),
          draft('owner', { kind: 'assign_contact', userId: reassignedTo }),
        ]),
    draft('note', { kind: 'add_note', body: breachNote(handoff, reassignedTo, options) }),
  ];
}

/**
 * What leaves the process when a handoff is over: its tags come off, so that lists in the CRM are
 * true, and so that putting a tag on again is a change that the CRM tells us of.
 */
export function resolutionEffects(resolvedAt: Date, tags: HandoffOptions['tags']): EffectDraft[] {
  return [
    {
      step: 'tags',
      dueAt: resolvedAt,
      payload: { kind: 'remove_tags', tags: Object.values(tags) },
    },
  ];
}
