import type { TestApp } from '../../../support/test-app.js';
import { LOCATION } from './lead-bodies.js';

export interface FeatureVerdictView {
  readonly enabled: boolean;
  readonly reason: string;
}

/** A decision as the operator sees it; features add keys of their own. */
export interface DecisionView {
  readonly priority: string;
  readonly source: string;
  readonly follow_up: Readonly<Record<string, unknown>> | null;
  readonly reply: {
    readonly text: string;
    readonly send: boolean;
    readonly withheld: string | null;
  };
  readonly actions: readonly string[];
  readonly growth_verdicts: Readonly<Record<string, FeatureVerdictView>>;
  readonly response_style_experiment?: {
    readonly variant: string;
    readonly bucket: number;
    readonly source: string;
    readonly segment: string;
  };
  readonly [addition: string]: unknown;
}

/** Newest first. */
export async function decisionsOf(
  { admin }: Pick<TestApp, 'admin'>,
  contactId: string,
): Promise<readonly { readonly decidedAt: Date; readonly document: DecisionView }[]> {
  const { body } = await admin.get(`${leadPath(contactId)}/decisions`).expect(200);
  const { items } = body as {
    items: readonly { readonly decided_at: string; readonly document: DecisionView }[];
  };
  return items.map(({ decided_at, document }) => ({
    decidedAt: new Date(decided_at),
    document,
  }));
}

/** @throws when the lead has not been decided on */
export async function lastDecisionOf(
  app: Pick<TestApp, 'admin'>,
  contactId: string,
): Promise<{ readonly decidedAt: Date; readonly document: DecisionView }> {
  const [last] = await decisionsOf(app, contactId);
  if (last === undefined) throw new Error(`Nothing was decided about ${contactId}`);
  return last;
}

/** The pending follow-up; null without one. */
export async function nextFollowUpOf(
  { admin }: Pick<TestApp, 'admin'>,
  contactId: string,
): Promise<{ readonly action: string; readonly dueAt: Date } | null> {
  const { body } = await admin.get(leadPath(contactId)).expect(200);
  const { next_follow_up: next } = body as {
    next_follow_up: { readonly action: string; readonly due_at: string } | null;
  };
  return next === null ? null : { action: next.action, dueAt: new Date(next.due_at) };
}

export function leadPath(contactId: string): string {
  return `/admin/leads/${LOCATION}/${encodeURIComponent(contactId)}`;
}
