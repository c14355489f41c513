import type { TestApp } from '../../../support/test-app.js';

/** What the sandbox holds of a contact. */
export interface CrmContactView {
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly messages: readonly { readonly direction: string; readonly body: string }[];
  readonly notes: readonly { readonly body: string }[];
  readonly tasks: readonly { readonly title: string; readonly assignedTo?: string }[];
  readonly assignedTo?: string;
}

/** One write call of the sandbox's journal. */
export interface CrmWriteView {
  readonly operation: string;
  readonly status: number;
}

type Sandbox = Pick<TestApp, 'sandboxUrl'>;

export async function crmContact(sandbox: Sandbox, contactId: string): Promise<CrmContactView> {
  return (await read(sandbox, `contacts/${encodeURIComponent(contactId)}`)) as CrmContactView;
}

/** Every write call that concerned this contact, in order. */
export async function crmWrites(
  sandbox: Sandbox,
  contactId: string,
): Promise<readonly CrmWriteView[]> {
  const answer = await read(sandbox, `calls?contactId=${encodeURIComponent(contactId)}`);
  return (answer as { calls: readonly CrmWriteView[] }).calls;
}

/** Messages that reached the lead. */
export async function sentTexts(sandbox: Sandbox, contactId: string): Promise<readonly string[]> {
  const { messages } = await crmContact(sandbox, contactId);
  return messages.filter(({ direction }) => direction === 'outbound').map(({ body }) => body);
}

/** Every call to the CRM breaks off until `endOutage`. */
export async function beginOutage(sandbox: Sandbox): Promise<void> {
  await send(sandbox, 'POST', 'faults', { kind: 'down', times: Number.MAX_SAFE_INTEGER });
}

export async function endOutage(sandbox: Sandbox): Promise<void> {
  await send(sandbox, 'DELETE', 'faults');
}

/** The next calls of this operation are answered late. */
export async function slowDown(
  sandbox: Sandbox,
  operation: string,
  { times, delayMs }: { readonly times: number; readonly delayMs: number },
): Promise<void> {
  await send(sandbox, 'POST', 'faults', { kind: 'slow', operation, times, delayMs });
}

/** Arranges a contact before anything is written to it. */
export async function putContact(
  sandbox: Sandbox,
  contactId: string,
  properties: object,
): Promise<void> {
  await send(sandbox, 'PUT', `contacts/${encodeURIComponent(contactId)}`, properties);
}

async function read({ sandboxUrl }: Sandbox, path: string): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/_sandbox/${path}`);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`);
  return response.json();
}

async function send(
  { sandboxUrl }: Sandbox,
  method: string,
  path: string,
  body: object = {},
): Promise<void> {
  const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`);
}
