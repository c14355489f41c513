import type { SandboxHandler } from './sandbox-reply.js';

export interface SandboxRoute {
  /** Name of the call in the journal and for faults. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments with a colon are parameters. */
  readonly pattern: string;
  readonly handler: SandboxHandler;
}

export function route(
  operation: string,
  method: SandboxRoute['method'],
  pattern: string,
  handler: SandboxHandler,
): SandboxRoute {
  return { operation, method, pattern, handler };
}

export interface SandboxMatch {
  readonly route: SandboxRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** The first route that fits wins; slashes at the end do not matter. */
export class SandboxRouter {
  constructor(private readonly routes: readonly SandboxRoute[]) {}

  match(method: string, path: string): SandboxMatch | undefined {
    const segments = splitPath(path);
    for (const route of this.routes) {
      if (route.method !== method) continue;
      const params = paramsOf(splitPath(route.pattern), segments);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  }
}

function splitPath(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, expected] of pattern.entries()) {
    const actual = decode(segments[at] ?? '');
    if (expected.startsWith(':') && actual !== undefined) params[expected.slice(1)] = actual;
    else if (expected !== actual) return undefined;
  }
  return params;
}

/** Undefined for a broken percent-encoding. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
