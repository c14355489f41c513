import type { Announce } from '../crm.port.js';

export interface GhlRequest {
  /** Name of the call in logs and metrics. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Raw segments; they are encoded here and nowhere else. The first names the resource. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Another call has its turn and waits for this one. */
  readonly isAwaited?: boolean;
  /** For a call that must not be made twice. */
  readonly announce?: Announce;
}

const DEFAULT_VERSION = '2021-07-28';

/** The API is versioned per resource; a wrong version is answered by a bare "Bad Request". */
const VERSIONS: Readonly<Record<string, string>> = {
  conversations: '2021-04-15',
  calendars: '2021-04-15',
};

export function apiVersion(path: readonly string[]): string {
  return VERSIONS[path[0] ?? ''] ?? DEFAULT_VERSION;
}

/** Empty, a dot segment, or with an unpaired surrogate, which has no encoding. */
const UNUSABLE_SEGMENT = /^\.{0,2}$|\p{Surrogate}/u;

/**
 * Undefined when a segment cannot stand in a path: ids come from webhooks, and `..` would be
 * resolved by the URL parser to another resource even when it is percent-encoded.
 */
export function requestPath(segments: readonly string[]): string | undefined {
  const usable = segments.every((segment) => !UNUSABLE_SEGMENT.test(segment));
  return usable ? segments.map((segment) => `/${encodeURIComponent(segment)}`).join('') : undefined;
}
