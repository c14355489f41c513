import { readFileSync } from 'node:fs';
import { listFiles, type NamedRoute } from './project-documents.js';

interface ServiceRoute {
  readonly method: string;
  readonly segments: readonly string[];
}

/** Served by the set-up of the application, not by a controller. */
const FIXED_ROUTES: readonly ServiceRoute[] = ['/docs', '/docs-json', '/console'].map((path) => ({
  method: 'GET',
  segments: segmentsOf(path),
}));

/** The routes of all controllers, read from their decorators. */
export function listServiceRoutes(): readonly ServiceRoute[] {
  return [...FIXED_ROUTES, ...listFiles('src', '.controller.ts').flatMap(routesOfController)];
}

/** A parameter fits whatever the page writes in its place: `{id}`, `:id` or an example. */
export function isServed(routes: readonly ServiceRoute[], { method, path }: NamedRoute): boolean {
  const named = segmentsOf(path);
  return routes.some(
    (route) =>
      (method === undefined || route.method === method) &&
      route.segments.length === named.length &&
      route.segments.every((segment, at) => segment.startsWith(':') || segment === named[at]),
  );
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
