import type { TestApp } from '../../../support/test-app.js';

/** A handoff as `GET /admin/handoffs` lists it. */
export interface HandoffView {
  readonly handoff_id: number;
  readonly contact_id: string;
  readonly state: string;
  readonly breached: boolean;
  readonly reason_code: string;
  readonly risk_level: string;
  readonly assigned_to: string | null;
  readonly opened_at: string;
  readonly deadline_at: string;
  readonly breached_at: string | null;
  readonly acknowledged_by: string | null;
  readonly delivery_id: string;
}

/** Newest first. */
export async function handoffsOf(
  { admin }: Pick<TestApp, 'admin'>,
  contactId: string,
  filter: Readonly<Record<string, string>> = {},
): Promise<readonly HandoffView[]> {
  const { body } = await admin.get('/admin/handoffs').query(filter).expect(200);
  const { items } = body as { items: readonly HandoffView[] };
  return items.filter(({ contact_id }) => contact_id === contactId);
}

/** @throws when the contact has none, or several */
export async function onlyHandoffOf(
  app: Pick<TestApp, 'admin'>,
  contactId: string,
): Promise<HandoffView> {
  const [handoff, ...others] = await handoffsOf(app, contactId);
  if (handoff === undefined || others.length > 0) {
    throw new Error(`${contactId} has ${handoff === undefined ? 'no' : 'several'} handoffs`);
  }
  return handoff;
}
