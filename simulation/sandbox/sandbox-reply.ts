import type { LooseRecord } from '#product/shared/loose-json.js';
import type { SandboxPut } from './sandbox-documents.js';
import type { SandboxState } from './sandbox-state.js';

export interface SandboxRequest {
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: LooseRecord;
  /** The location that the token belongs to; null when it may do everything. */
  readonly tokenLocationId: string | null;
}

export interface SandboxReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes that this reply stands for. */
  readonly puts?: readonly SandboxPut[];
  /** Whom a write call concerned. */
  readonly contactId?: string;
}

/** Reads the state and says what to change and to answer; changes nothing itself. */
export type SandboxHandler = (request: SandboxRequest, state: SandboxState) => SandboxReply;

const ERROR_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

/** The CRM's error body. Validation errors carry a list of sentences. */
export function refusal(
  status: number,
  message: string | readonly string[],
  extra: LooseRecord = {},
): SandboxReply {
  const error = ERROR_NAMES[status];
  const named = error === undefined ? {} : { error };
  return { status, body: { statusCode: status, message, ...named, ...extra } };
}

export const FOREIGN_LOCATION = refusal(403, 'The token does not have access to this location.');

/** Each faulty property gives one sentence; none when all is well. */
export function validationFaults(
  rules: readonly (readonly [isFine: boolean, fault: string])[],
): readonly string[] {
  return rules.filter(([isFine]) => !isFine).map(([, fault]) => fault);
}
