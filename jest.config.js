import { availableParallelism } from 'node:os';

/** Three tiers: `unit` beside the code, `integration` on a real PostgreSQL, `e2e` on the whole application. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^#product/(.*)\\.js$': '<rootDir>/src/$1',
    '^#simulation/(.*)\\.js$': '<rootDir>/simulation/$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

const onDatabase = {
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.js'],
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

export default {
  // Only ends what hangs: a busy machine takes ten times as long as a quiet one.
  testTimeout: 120_000,
  workerGracefulExitTimeout: 60_000,
  // Jest leaves one core free by default; on two cores that doubles the time. More than four would not
  // find connections enough in the one PostgreSQL.
  maxWorkers: Math.min(availableParallelism(), 4),
  // Node keeps the modules of every spec that a process has run: without a limit it grows to 3 GB.
  workerIdleMemoryLimit: '400MB',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{src,simulation}/**/*.spec.ts',
        '<rootDir>/test/architecture/**/*.spec.ts',
      ],
    },
    {
      ...common,
      ...onDatabase,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
    },
    {
      ...common,
      ...onDatabase,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
    },
  ],
};
