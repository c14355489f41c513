import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security?: readonly object[];
}

interface Route {
  readonly path: string;
  readonly stack: readonly { readonly method: string }[];
}

let product: TestApp;
let documented: ReadonlyMap<string, Operation>;
let schemas: Readonly<Record<string, Schema>>;

beforeAll(async () => {
  product = await startTestApp();
  const { body } = await product.http.get('/docs-json').expect(200);
  const { paths, components } = body as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  schemas = components.schemas;
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

/** Operator routes that show one thing although they end in no id; every other one is a list. */
const NO_LISTS = [
  '/admin/summary',
  '/admin/experiments/{experiment}/report',
  '/admin/experiments/{experiment}/plan',
  '/admin/leads/{location}/{contact}/export',
];

function lists(): readonly (readonly [string, Operation])[] {
  return [...documented].filter(([route]) => {
    const [method, path = ''] = route.split(' ');
    const isOne = path.endsWith('}') || NO_LISTS.includes(path);
    return method === 'GET' && path.startsWith('/admin/') && !isOne;
  });
}

function answerOf({ responses }: Operation): Schema {
  const schema = responses['200']?.content?.['application/json']?.schema ?? {};
  return schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
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

  it('has one shape for every list', () => {
    expect(lists().length).toBeGreaterThanOrEqual(8);
    for (const [route, operation] of lists()) {
      const { properties = {}, required = [] } = answerOf(operation);
      const parameters =
        operation.parameters?.filter((parameter) => parameter.in === 'query') ?? [];
      const page = { items: properties['items'], next_cursor: properties['next_cursor'] };
      expect([route, page]).toMatchObject([
        route,
        { items: { type: 'array' }, next_cursor: { type: 'string', nullable: true } },
      ]);
      expect([route, required]).toEqual([route, expect.arrayContaining(['items', 'next_cursor'])]);
      expect([route, parameters.map(({ name }) => name)]).toEqual([
        route,
        expect.arrayContaining(['cursor', 'limit']),
      ]);
    }
  });

  it('names what is asked and what is answered by one suffix each', () => {
    expect(Object.keys(schemas).filter((name) => !/(Request|Dto)$/.test(name))).toEqual([]);
  });
});
