import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly security?: readonly object[];
}

interface Route {
  readonly path: string;
  readonly stack: readonly { readonly method: string }[];
}

let product: TestApp;
let documented: ReadonlyMap<string, Operation>;

beforeAll(async () => {
  product = await startTestApp();
  const { body } = await product.http.get('/docs-json').expect(200);
  const { paths } = body as { paths: Record<string, Record<string, Operation>> };
  documented = new Map(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    ),
  );
});
afterAll(() => product.close());

/** What serves the documentation and the console's files, and no part of the API. */
const OUTSIDE_OF_THE_API = /^\S+ \/(docs|console)/;

function routes(): readonly string[] {
  const { router } = product.app.getHttpAdapter().getInstance();
  return router.stack
    .flatMap(({ route }) => (route === undefined ? [] : routesOf(route)))
    .filter((route) => !OUTSIDE_OF_THE_API.test(route));
}

function routesOf({ path, stack }: Route): readonly string[] {
  const template = path.replaceAll(/:(\w+)/g, '{$1}');
  return stack.map(({ method }) => `${method.toUpperCase()} ${template}`);
}

async function requestsTotal(): Promise<number> {
  const { body } = await product.http.get('/metrics').expect(200);
  const { runtime_metrics: metrics } = body as {
    runtime_metrics: { counters: { requests_total: number } };
  };
  return metrics.counters.requests_total;
}

/** A body that is described, or none where the status says that there is none. */
function hasAnswer(responses: Operation['responses']): boolean {
  const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
  return good.some(([status, { content }]) => status === '204' || content !== undefined);
}

describe('the root', () => {
  it('leads to the API reference, and is not counted', async () => {
    const before = await requestsTotal();
    await product.http.get('/').expect(302).expect('Location', '/docs');
    await product.http.get('/docs').expect(200);
    await product.http.post('/').expect(404);
    expect(await requestsTotal()).toBe(before);
  });
});

describe('the API document', () => {
  it('holds every route, and no other', () => {
    expect([...documented.keys()].sort()).toEqual([...new Set(routes())].sort());
  });

  it('says of every route what it is for', () => {
    const silent = [...documented].filter(([, { summary = '' }]) => summary.trim() === '');
    expect(silent.map(([route]) => route)).toEqual([]);
  });

  it('says of every route what it answers when all is well', () => {
    const silent = [...documented].filter(([, { responses }]) => !hasAnswer(responses));
    expect(silent.map(([route]) => route)).toEqual([]);
  });

  it('says of every operator route that it needs a key', () => {
    const open = [...documented].filter(
      ([route, { security = [] }]) => route.includes(' /admin/') && security.length === 0,
    );
    expect(open.map(([route]) => route)).toEqual([]);
  });
});
