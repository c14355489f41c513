import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../main.js', import.meta.url));
const READY_LINE = /^GrowthGate is ready at (\S+)$/;
const SANDBOX_LINE = /built-in sandbox at (\S+)/;
/** Only ends a start that hangs. */
const START_TIMEOUT_MS = 300_000;
const KEPT_LINES = 12;

/** One run of the built server as a process of its own, on a free port and a data folder of its own. */
export class ServerUnderCheck {
  private readonly exited: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** The built-in CRM, which can be looked into. */
    readonly sandboxUrl: string,
  ) {
    this.exited = exitOf(child);
  }

  /** @throws when it is not ready in time, with the last lines that it printed */
  static async start(dataDir: string): Promise<ServerUnderCheck> {
    const child = spawn(process.execPath, [PROGRAM], {
      // No `.env` of whoever runs the check is read there.
      cwd: dataDir,
      env: environmentOf(dataDir),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endWithUs = (): void => void child.kill('SIGTERM');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    const places = await readPlaces(child);
    return new ServerUnderCheck(child, places.url, places.sandboxUrl);
  }

  /** Resolves to the exit code; null when a signal ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}

/** Nothing of the caller's configuration, so that the check is the same everywhere. */
function environmentOf(dataDir: string): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    PATH,
    SystemRoot,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
    QUIET_HOURS: 'off',
    REPLY_DEBOUNCE_SECONDS: '0',
    // The real limit would make the check wait, not fail.
    GHL_RATE_LIMIT_PER_10S: '2000',
  };
}

async function readPlaces(child: ChildProcess): Promise<{ url: string; sandboxUrl: string }> {
  const printed: string[] = [];
  let sandboxUrl = '';
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new Error([reason, ...printed.slice(-KEPT_LINES)].join('\n')));
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      fail(`The server was not ready within ${START_TIMEOUT_MS} ms. It printed:`);
    }, START_TIMEOUT_MS);
    const read = (line: string): void => {
      printed.push(line);
      sandboxUrl = SANDBOX_LINE.exec(line)?.[1] ?? sandboxUrl;
      const url = READY_LINE.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve({ url, sandboxUrl });
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', read);
    }
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`The server ended with exit code ${code} while it was starting. It printed:`);
    });
  });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
