/* global module */
/**
 * Which part of `src/` may know which: HTTP edge → application → pure domain ← infrastructure. What
 * only stands in for the world around the product lies in `simulation/` and knows all of it.
 * `npm run deps` checks it, and `test/architecture/dependency-rules.spec.ts` shows that each rule bites.
 * A type that is erased by the compiler couples nothing at run time, hence `type-only` below. The
 * cruiser also takes `import value, { type T }` for one, so rules about packages with a default
 * export do without it.
 */

const RUNTIME_ONLY = { dependencyTypesNot: ['type-only'] };
const TEST_CODE = '\\.spec\\.ts$|/testing/';

/** Bottom to top: a room may know those below it, values and types alike. */
const LAYERS = [
  ...[
    'shared',
    'config',
    'database',
    'settings',
    'crm',
    'telemetry',
    'http',
    'privacy',
    'leads',
    'consent',
    'growth',
  ],
  ...['effects', 'handoffs', 'conversions', 'experiments', 'intake', 'llm-reading'],
  ...['webhook', 'analyze-lead'],
  ...['lead-file', 'health', 'metrics', 'cli'],
];

/** One rule a room, so that a breach is called by the room that commits it. */
const layerRules = LAYERS.slice(0, -1).map((room, index) => ({
  name: `layer-of-${room}`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: TEST_CODE },
  to: {
    path: `^src/(${LAYERS.slice(index + 1).join('|')})/`,
  },
}));

/** What answers HTTP within a room. */
const ROUTES = '\\.(controller|dto|guard|interceptor|module)\\.ts$';
const INNER = '^src/(leads|growth|effects|crm|database|shared|experiments/statistics)/';

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'rooms-behind-layers',
      comment: 'A new room has to say where it stands.',
      severity: 'error',
      from: { pathNot: TEST_CODE },
      to: { path: '^src/[^/]+/', pathNot: `^src/(${LAYERS.join('|')})/` },
    },
    {
      name: 'inner-rooms-know-no-http',
      comment: 'Only what answers HTTP knows how it is answered.',
      severity: 'error',
      from: { path: INNER, pathNot: [TEST_CODE, ROUTES] },
      to: { path: 'node_modules/(express|@nestjs/(swagger|platform-express))/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle may pass the tests and crash the compiled ES modules. Types count as well.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'all-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'The build leaves specs and testing/ out: an import of them would crash at start.',
      severity: 'error',
      from: { pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: 'no-dev-packages-in-production',
      severity: 'error',
      from: { pathNot: TEST_CODE },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'analysis-is-pure',
      comment:
        'Reading a message needs the words of leads/ and a calendar, and nothing else: no framework, no I/O.',
      severity: 'error',
      from: { path: '^src/leads/analysis/', pathNot: TEST_CODE },
      to: { ...RUNTIME_ONLY, pathNot: '^src/(leads|shared)/|node_modules/luxon/' },
    },
    {
      name: 'deciding-is-pure',
      comment:
        'Event, situation, settings, rollout and time in, a decision out: nothing that stores, nothing injected but the gate.',
      severity: 'error',
      from: { path: '^src/intake/decide/', pathNot: TEST_CODE },
      to: {
        ...RUNTIME_ONLY,
        path: '\\.(repository|read-model|module|controller)\\.ts$|node_modules/(@nestjs|kysely|pg|axios)/|^(node:)?(fs|net|http)',
      },
    },
    {
      name: 'statistics-are-pure',
      comment: 'The formulas of the report, also driven by the simulation of known truths.',
      severity: 'error',
      from: { path: '^src/experiments/statistics/', pathNot: TEST_CODE },
      to: { ...RUNTIME_ONLY, pathNot: '^src/experiments/statistics/' },
    },
    {
      name: 'features-know-the-interface-only',
      comment: 'The interface, how growth reads what an operator typed, and the types of leads.',
      severity: 'error',
      from: { path: '^src/growth/features/([^/]+)/', pathNot: TEST_CODE },
      to: {
        path: '^src/',
        pathNot: [
          '^src/growth/features/$1/',
          '^src/growth/(growth-feature|lead-readings)\\.ts$',
          '^src/leads/[^/]+-documents\\.ts$',
          '^src/shared/',
        ],
      },
    },
    {
      name: 'features-do-no-io',
      severity: 'error',
      from: { path: '^src/growth/features/', pathNot: TEST_CODE },
      to: {
        path: [
          '^(fs|fs/promises|net|http|https|dns|child_process|worker_threads|timers/promises)$',
          'node_modules/(pg|kysely|axios|express|@nestjs/(core|platform-express))/',
        ],
      },
    },
    {
      name: 'features-through-the-gate',
      comment: 'The gate is the only caller of features; they are assembled in growth.module.ts.',
      severity: 'error',
      from: { pathNot: ['^src/growth/', TEST_CODE] },
      to: { ...RUNTIME_ONLY, path: '^src/growth/features/' },
    },
    {
      name: 'pg-in-database',
      severity: 'error',
      from: { pathNot: '^src/database/' },
      to: { path: 'node_modules/(pg|@types/pg)/' },
    },
    {
      name: 'sql-in-repositories',
      comment:
        'A repository or read model answers one question per method; nobody else writes SQL.',
      severity: 'error',
      from: {
        pathNot: [
          '^src/database/',
          '\\.(repository|read-model)\\.ts$',
          // The limiter is one row and one statement; the health check is `select 1`.
          '^src/crm/rate-limit/postgres-crm-rate-limiter\\.ts$',
          '^src/health/indicators/database\\.indicator\\.ts$',
          TEST_CODE,
        ],
      },
      to: { ...RUNTIME_ONLY, path: 'node_modules/kysely/' },
    },
    {
      name: 'outgoing-http-in-clients',
      comment: 'What leaves the process is an effect; only a client behind a port makes the call.',
      severity: 'error',
      from: { pathNot: ['^src/crm/', '[.-]client\\.ts$', '^src/cli/', TEST_CODE] },
      to: { path: 'node_modules/axios/' },
    },
    {
      name: 'sandbox-behind-the-port',
      comment: 'The sandbox is reached over HTTP like the real CRM; only the module starts it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/crm/crm\\.module\\.ts$', TEST_CODE] },
      to: { path: '^simulation/' },
    },
    {
      name: 'simulation-when-needed',
      comment:
        'What runs with a real CRM never loads the sandbox, and nothing else is loaded at all.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_CODE },
      to: { path: '^simulation/', dynamic: false },
    },
    {
      name: 'product-by-its-name',
      comment: 'The trees lie elsewhere once built: only `#product/` leads to the product then.',
      severity: 'error',
      from: { path: '^simulation/' },
      to: { path: '^src/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'shared-is-closed',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: TEST_CODE },
      to: { pathNot: ['^src/shared/', 'node_modules/@nestjs/common/', '^(node:)?(crypto|timers)'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['growthgate-source', 'import', 'node', 'default', 'types'],
    },
  },
};
