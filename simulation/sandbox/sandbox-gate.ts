import type { IncomingHttpHeaders } from 'node:http';
import { readSandboxToken } from '#product/crm/crm-connection.js';
import { refusal, type SandboxReply } from './sandbox-reply.js';

/** Kept apart from the client's own table, so that a slip there is noticed. */
const RESOURCES_OF_2021_04: readonly string[] = ['conversations', 'calendars'];

export type GateResult =
  | { readonly tokenLocationId: string | null; readonly refused?: undefined }
  | { readonly refused: SandboxReply };

/** What the CRM asks of every call before it looks at it: a token, and the resource's version. */
export function passGate(
  headers: IncomingHttpHeaders,
  path: string,
  accessToken: string,
): GateResult {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const tokenLocationId = bearer === undefined ? undefined : readSandboxToken(accessToken, bearer);
  if (tokenLocationId === undefined) {
    return { refused: refusal(401, 'Invalid token: access token is invalid') };
  }
  const resource = path.split('/').find((segment) => segment !== '') ?? '';
  if (headers.version !== versionOf(resource)) {
    return { refused: { status: 400, body: { statusCode: 400, message: 'Bad Request' } } };
  }
  return { tokenLocationId };
}

function versionOf(resource: string): string {
  return RESOURCES_OF_2021_04.includes(resource) ? '2021-04-15' : '2021-07-28';
}
