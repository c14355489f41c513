import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TOP_LEVEL = /\.md$/;
const FENCE = /^```.*?^```/gms;

export interface ProjectDocument {
  readonly path: string;
  readonly text: string;
}

/** Every Markdown page of the project. */
export function listDocuments(): readonly ProjectDocument[] {
  const paths = [
    ...readdirSync('.').filter((name) => TOP_LEVEL.test(name)),
    ...listFiles('docs', '.md'),
    ...listFiles('src', '.md'),
    ...listFiles('simulation', '.md'),
  ];
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

export function listFiles(directory: string, ending: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(directory, name))
    .sort();
}

/** `npm run NAME` anywhere in a page. */
export function namedScripts(text: string): readonly string[] {
  return [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*[a-z])/g)].map(
    ([, name]) => name ?? '',
  );
}

/** Names in capitals that begin like one of ours; the rest may be anybody's. */
export function namedVariables(text: string): readonly string[] {
  const prefixes =
    'FF_GROWTH|GHL|LEAD|QUIET|DATABASE|METRICS|ADMIN|WEBHOOK|REPLY|NURTURE|DELIVERY|HANDOFF|DECISION_HOOK';
  const names = text.matchAll(new RegExp(`\\b(?:${prefixes})_[A-Z0-9_]*[A-Z0-9]\\b`, 'g'));
  return [...new Set([...names].map(([name]) => name))];
}

/** Links and images to files of the project, without their anchors, as paths from the root. */
export function linkedFiles({ path, text }: ProjectDocument): readonly string[] {
  const prose = text.replace(FENCE, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => join(dirname(path), target.replace(/#.*$/, '')));
}

/** Links to a heading: `[text](page.md#heading)`, as a page's path and the heading's anchor. */
export function linkedHeadings({
  path,
  text,
}: ProjectDocument): readonly (readonly [string, string])[] {
  const prose = text.replace(FENCE, '');
  return [...prose.matchAll(/\]\(([^)\s:#]*)#([^)\s]+)\)/g)].map(
    ([, target, anchor]) =>
      [
        target === '' || target === undefined ? path : join(dirname(path), target),
        anchor ?? '',
      ] as const,
  );
}

/** Anchors as GitHub makes them of a page's headings. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.replace(FENCE, '').matchAll(/^#{1,6} +(.+)$/gm)];
  return new Set(
    headings.map(([, heading]) =>
      (heading ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

export interface NamedRoute {
  /** Upper case; undefined where the page names the path only. */
  readonly method: string | undefined;
  readonly path: string;
}

/** Routes of the service that a page names: `GET /health` or `/health` as code, and the URLs of its commands. */
export function namedRoutes(text: string): readonly NamedRoute[] {
  const asCode = text.matchAll(/`(?:(GET|POST|PUT|PATCH|DELETE) )?(\/[a-z][^\s`?]*)[^`\n]*`/g);
  const inCommands = text.matchAll(/()(?:127\.0\.0\.1:3000|\$URL|your-host)(\/[a-z][^\s'"`?)>]*)/g);
  return [...asCode, ...inCommands]
    .map(([, method, path]) => ({ method: method || undefined, path: path ?? '' }))
    .filter(({ path }) => !/^\/(var|etc|root|tmp|home|proc|dev)\//.test(path));
}
