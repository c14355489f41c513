import type { EffectDraft } from '../effect.js';

/** A lead waits for an answer that we do not give: its owner does. */
export function answerTask(
  { title, body }: { readonly title: string; readonly body: string },
  now: Date,
): EffectDraft {
  const payload = { kind: 'create_task', title, body, assignedTo: null } as const;
  return {
    step: 'answer_lead',
    dueAt: now,
    payload: { ...payload, dueAt: now.toISOString() },
  };
}
