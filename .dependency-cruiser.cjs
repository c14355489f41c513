/* global module */
/**
 * Which part of `src/` may know which: HTTP edge → application → pure domain ← infrastructure.
 * `npm run deps` checks it, and `test/architecture/dependency-rules.spec.ts` shows that each rule bites.
 * A type that is erased by the compiler couples nothing at run time, hence `type-only` below. The
 * cruiser also takes `import value, { type T }` for one, so rules about packages with a default
 * export do without it.
 */

const RUNTIME_ONLY = { dependencyTypesNot: ['type-only'] };
const TEST_CODE = '\\.spec\\.ts$|/testing/';

/** Rooms that answer HTTP, and the commands. */
const EDGE = '^src/(webhook|admin|analyze-lead|health|metrics|http|console|cli)/';
/** Rooms that would work just as well behind another protocol. */
const INNER = '^src/(leads|growth|effects|crm|database|shared|experiments/statistics)/';

module.exports = {
  forbidden: [
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
        'Reading a message needs the words of leads/ and nothing else: no framework, no I/O.',
      severity: 'error',
      from: { path: '^src/leads/analysis/', pathNot: TEST_CODE },
      to: { ...RUNTIME_ONLY, pathNot: '^src/(leads|shared)/' },
    },
    {
      name: 'deciding-is-pure',
      comment: 'Event, context, rollout and time in, a decision out. Other rooms lend their types.',
      severity: 'error',
      from: { path: '^src/leads/decision/', pathNot: TEST_CODE },
      to: { ...RUNTIME_ONLY, pathNot: '^src/(leads|shared)/' },
    },
    {
      name: 'deciding-does-not-store',
      severity: 'error',
      from: { path: '^src/leads/(analysis|decision)/', pathNot: TEST_CODE },
      to: { ...RUNTIME_ONLY, path: '\\.(repository|read-model|module|service)\\.ts$' },
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
      comment: 'The interface, the files that growth shares with features, and the types of leads.',
      severity: 'error',
      from: { path: '^src/growth/features/([^/]+)/', pathNot: TEST_CODE },
      to: {
        path: '^src/',
        pathNot: [
          '^src/growth/features/$1/',
          '^src/growth/(growth-feature|feedback-signal|lead-readings|metric-key)\\.ts$',
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
      name: 'inner-rooms-know-no-http',
      comment: 'health/effects-status.ts is a port of the health check that the effects implement.',
      severity: 'error',
      from: { path: INNER, pathNot: TEST_CODE },
      to: {
        path: [EDGE, 'node_modules/(express|@nestjs/(swagger|platform-express))/'],
        pathNot: '^src/health/effects-status\\.ts$',
      },
    },
    {
      name: 'edges-apart',
      comment:
        'What two entrances say belongs to a room behind them. Admin may replay through intake.',
      severity: 'warn',
      from: { path: '^src/(webhook|admin|analyze-lead)/', pathNot: TEST_CODE },
      to: {
        ...RUNTIME_ONLY,
        path: '^src/(webhook|admin|analyze-lead)/.*\\.(controller|dto|guard)\\.ts$',
        pathNot: '^src/$1/',
      },
    },
    {
      name: 'commands-are-leaves',
      severity: 'error',
      from: { pathNot: ['^src/cli/', TEST_CODE] },
      to: { path: '^src/cli/' },
    },
    {
      name: 'sandbox-behind-the-port',
      comment: 'The sandbox is reached over HTTP like the real CRM; only the module starts it.',
      severity: 'error',
      from: {
        pathNot: ['^src/crm/sandbox/', '^src/crm/crm\\.module\\.ts$', '^src/cli/', TEST_CODE],
      },
      to: { path: '^src/crm/sandbox/' },
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
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
