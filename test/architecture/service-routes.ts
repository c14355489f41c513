import { readFileSync } from 'node:fs';
import { listFiles, type NamedRoute } from './project-documents.js';

interface ServiceRoute {
  readonly method: string;
  readonly segments: readonly string[];
}

/** Served by the set-up of the application, not by a controller. */
const FIXED_ROUTES: readonly ServiceRoute[] = ['/docs', '/docs-json'].map((path) => ({
  method: 'GET',
  segments: segmentsOf(path),
}));

/** The routes of all controllers, read from their decorators. */
export function listServiceRoutes(): readonly ServiceRoute[] {
  return [...FIXED_ROUTES, ...listFiles('src', '.controller.ts').flatMap(routesOfController)];
}

/**
 * A parameter fits whatever the page writes in its place: `{id}`, `:id` or an example. One segment
 * without a method stands for all routes below it, as in "the routes of `/admin`".
 */
export function isServed(routes: readonly ServiceRoute[], { method, path }: NamedRoute): boolean {
  const named = segmentsOf(path);
  const isGroup = method === undefined && named.length === 1;
  return routes.some(
    (route) =>
      (method === undefined || route.method === method) &&
      (isGroup || route.segments.length === named.length) &&
      named.every((segment, at) => fits(route.segments[at], segment)),
  );
}

function fits(expected: string | undefined, named: string): boolean {
  return expected === named || (expected?.startsWith(':') ?? false);
}

function routesOfController(file: string): readonly ServiceRoute[] {
  const source = readFileSync(file, 'utf8');
  const prefix = /@Controller\(\s*(?:'([^']*)')?/.exec(source)?.[1] ?? '';
  const handlers = source.matchAll(/@(Get|Post|Put|Patch|Delete)\(\s*(?:'([^']*)')?\s*\)/g);
  return [...handlers].map(([, verb, path]) => ({
    method: (verb ?? '').toUpperCase(),
    segments: segmentsOf(`${prefix}/${path ?? ''}`),
  }));
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
