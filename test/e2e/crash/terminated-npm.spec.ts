import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

/** The contract's limit. */
const STOP_WITHIN_MS = 10_000;
const TIMEOUT_MS = 60_000;

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** npm runs a script in a shell, which does not pass signals on: the server must take its place. */
describe('a server that npm started', () => {
  let folder: string;
  let npm: ChildProcess;

  /** The project's own scripts, over a server that needs no build. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'growthgate-npm-'));
    // Started as root, PostgreSQL runs as another account, which has to enter the folder.
    chmodSync(folder, 0o755);
    const { start, 'start:prod': startProd } = scripts;
    const manifest = { type: 'module', scripts: { start, 'start:prod': startProd } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    mkdirSync(join(folder, 'dist'));
    const loader = pathToFileURL(resolve('test/support/register-typescript.js'));
    const main = pathToFileURL(resolve('src/main.ts'));
    writeFileSync(
      join(folder, 'dist', 'main.js'),
      `await import('${loader}'); await import('${main}');`,
    );
  });
  afterEach(() => {
    // What a failed test has left behind, npm or its orphan.
    if (isGroupAlive(npm)) tellGroup(npm, 'SIGTERM');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Resolves to the server's address once it is ready. */
  async function start(script: string): Promise<string> {
    npm = spawn('npm', ['run', script], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'error',
        DATA_DIR: join(folder, 'data'),
        npm_config_cache: join(folder, 'npm'),
        npm_config_update_notifier: 'false',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, as a terminal gives to what it runs.
      detached: true,
    });
    if (npm.stdout === null) throw new Error('npm has no output');
    for await (const line of createInterface({ input: npm.stdout })) {
      const url = /^GrowthGate is ready at (\S+)$/.exec(line)?.[1];
      if (url === undefined) continue;
      npm.stdout.resume();
      return url;
    }
    throw new Error('npm ended before the server was ready');
  }

  it.each(['start', 'start:prod'])(
    'ends with exit code 0 when npm run %s gets SIGTERM, before npm does',
    async (script) => {
      const url = await start(script);
      const exited = once(npm, 'exit');
      const startedAtMs = performance.now();
      npm.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      expect(performance.now() - startedAtMs).toBeLessThan(STOP_WITHIN_MS);
      await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
    },
    TIMEOUT_MS,
  );

  it(
    'ends cleanly on Ctrl-C, which npm passes on although the terminal has told the server too',
    async () => {
      const url = await start('start:prod');
      const exited = once(npm, 'exit');
      tellGroup(npm, 'SIGINT');
      expect(await exited).toEqual([0, null]);
      await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
    },
    TIMEOUT_MS,
  );
});

/** Every process of the group at once, as a terminal does. */
function tellGroup({ pid = 0 }: ChildProcess, signal: NodeJS.Signals | 0): void {
  process.kill(-pid, signal);
}

function isGroupAlive(leader: ChildProcess): boolean {
  try {
    tellGroup(leader, 0);
    return true;
  } catch {
    return false;
  }
}
