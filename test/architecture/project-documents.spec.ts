import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ENVIRONMENT } from '../../src/config/environment.js';
import {
  anchorsOf,
  linkedFiles,
  linkedHeadings,
  listDocuments,
  namedRoutes,
  namedScripts,
  namedVariables,
} from './project-documents.js';
import { isServed, listServiceRoutes } from './service-routes.js';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = listDocuments().map((page) => [page.path, page] as const);
/** What every newcomer of an open project looks for. */
const EXPECTED_PAGES = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/glossary.md',
  'docs/operations.md',
  'docs/rollout.md',
  'docs/status.md',
];
/** An ADR is read in one go: about a printed page. */
const LONGEST_ADR_LINES = 60;

describe('the documents', () => {
  it('are all there', () => {
    expect(EXPECTED_PAGES.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(pages)('%s: every npm script that it names exists', (_, { text }) => {
    expect(namedScripts(text).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(pages)('%s: every environment variable that it names is read', (_, { text }) => {
    const known = new Set(ENVIRONMENT.map(({ name }) => name));

    expect(namedVariables(text).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(pages)('%s: every relative link leads somewhere', (_, page) => {
    expect(linkedFiles(page).filter((path) => !existsSync(path))).toEqual([]);
    const missing = linkedHeadings(page).filter(
      ([path, anchor]) => !anchorsOf(readFileSync(path, 'utf8')).has(anchor),
    );
    expect(missing).toEqual([]);
  });

  it.each(pages)('%s: every route that it names is served', (_, { text }) => {
    const routes = listServiceRoutes();

    expect(namedRoutes(text).filter((route) => !isServed(routes, route))).toEqual([]);
  });
});

describe('the decision records', () => {
  const records = pages.filter(([path]) => /^docs\/adr\/\d/.test(path));

  it('are numbered without a gap', () => {
    const numbers = records.map(([path]) => Number(/\/(\d{4})-/.exec(path)?.[1]));

    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it.each(records)('%s: tells background, decision and consequences on one page', (_, { text }) => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(headings).toEqual(['Background', 'Decision', 'Consequences']);
    expect(text.split('\n').length).toBeLessThanOrEqual(LONGEST_ADR_LINES);
  });

  it('are all listed in the index', () => {
    const index = readFileSync('docs/adr/README.md', 'utf8');

    expect(records.filter(([path]) => !index.includes(path.replace('docs/adr/', '')))).toEqual([]);
  });
});

describe('the checks of documents', () => {
  const page = {
    path: 'docs/page.md',
    text: [
      'Run `npm run no-such -- --x`, see [there](gone.md#part) and [here](#no-heading).',
      'Ask `GET /admin/nothing` or `/health`, in `/var/lib/growthgate`, part of `/admin`.',
      '```bash',
      'npm run build && curl "$URL/admin/nowhere?state=dead"',
      '[not a link](in-code.md)',
      '```',
    ].join('\n'),
  };

  it('find scripts in prose and in commands', () => {
    expect(namedScripts(page.text)).toEqual(['no-such', 'build']);
  });

  it('find links and headings, except for those in code', () => {
    expect(linkedFiles(page)).toEqual(['docs/gone.md']);
    expect(linkedHeadings(page)).toEqual([
      ['docs/gone.md', 'part'],
      ['docs/page.md', 'no-heading'],
    ]);
    expect(anchorsOf('# The `five` rules: A & B\n')).toEqual(new Set(['the-five-rules-a--b']));
  });

  it('find routes that nobody serves', () => {
    const routes = listServiceRoutes();
    const missing = namedRoutes(page.text).filter((route) => !isServed(routes, route));

    expect(missing.map(({ path }) => path)).toEqual(['/admin/nothing', '/admin/nowhere']);
  });
});
