import { describe, expect, it } from '@jest/globals';
import {
  findEnd,
  statusDocument,
  steadyOutput,
  testSummary,
  type Status,
} from './status-document.js';

const STATUS: Status = {
  version: '1.2.3',
  nodeVersion: '20.19.0',
  features: [{ key: 'weekend_greeting', description: 'Wishes a good weekend.' }],
  commands: [
    { command: 'npm run check', does: 'checks', exit: '0', output: 'all well' },
    { command: 'npm test', does: 'all tests', exit: '1', output: 'unit: 1 passed\ne2e: 1 failed' },
  ],
};

describe('the status page', () => {
  it('tells version, features with their flags, and how the commands ended', () => {
    expect(statusDocument(STATUS)).toBe(`# Status

Written by \`npm run status\`, not by hand.

Version 1.2.3, seen on Node 20.19.0.

## Growth features

| feature | does | flag |
|---|---|---|
| \`weekend_greeting\` | Wishes a good weekend. | \`FF_GROWTH_WEEKEND_GREETING_ENABLED\` |

## Commands

| command | does | exit code |
|---|---|---|
| \`npm run check\` | checks | 0 |
| \`npm test\` | all tests | 1 |

### \`npm run check\`

\`\`\`
all well
\`\`\`

### \`npm test\`

\`\`\`
unit: 1 passed
e2e: 1 failed
\`\`\`
`);
  });

  it('gives back what it says of a command, for a run without the tests', () => {
    const page = statusDocument(STATUS);
    expect(findEnd(page, 'npm test')).toEqual({
      exit: '1',
      output: 'unit: 1 passed\ne2e: 1 failed',
    });
    expect(findEnd(page, 'npm run bench')).toBeUndefined();
    expect(findEnd('', 'npm test')).toBeUndefined();
  });
});

describe('the output of a command', () => {
  it('is shown without times, colours, the folder and what npm says itself', () => {
    const output =
      '\n> growthgate@1.2.3 check\n> eslint .\n\n\u001b[32mok\u001b[39m  a (12 ms)\n/x/y/src/a.ts\n';
    expect(steadyOutput(output, '/x/y')).toBe('ok  a\n./src/a.ts');
  });
});

describe('the summary of the tests', () => {
  it('counts each project, a file that cannot be loaded as one failure', () => {
    const suite = (name: string, ...statuses: string[]) => ({
      name: `/x/y/${name}`,
      status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
      assertionResults: statuses.map((status) => ({ status })),
    });
    const testResults = [
      suite('src/a.spec.ts', 'passed', 'passed', 'pending'),
      suite('test/architecture/b.spec.ts', 'passed', 'failed'),
      suite('test/e2e/c.spec.ts'),
    ];
    expect(testSummary({ testResults }).split('\n')).toEqual([
      'unit: 3 passed, 1 failed, in 2 files',
      'integration: 0 passed, 0 failed, in 0 files',
      'e2e: 0 passed, 1 failed, in 1 files',
    ]);
  });
});
