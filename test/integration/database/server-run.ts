import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  type ServerAccount,
  canReach,
  findUnprivilegedAccount,
  isRoot,
} from '../../../src/database/embedded/server-account.js';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const REGISTER = pathOf('../../support/register-typescript.js');
const SERVER = pathOf('../../support/embedded-server.ts');

export const isRunByRoot = isRoot();
export const nobody: ServerAccount = findUnprivilegedAccount();
/** False in a clone below a closed home: then another account cannot run the sources at all. */
export const canRunAsNobody =
  isRunByRoot && canReach(nobody, SERVER) && canReach(nobody, process.execPath);

export interface ReadyServer {
  readonly url: string;
  readonly place: string;
  readonly version: string;
  readonly pid: number;
  readonly startMs: number;
}

export interface ServerRunOptions {
  readonly sharedRoot?: string;
  readonly account?: ServerAccount;
}

/** One process of ours that runs the built-in server, as an application would. */
export class ServerRun {
  private readonly answer: Promise<string>;
  private readonly ended: Promise<unknown>;

  private constructor(readonly process: ChildProcess) {
    this.ended = once(process, 'exit');
    this.answer = readLine(process);
  }

  static spawn(dataDir: string, options: ServerRunOptions = {}): ServerRun {
    const shared = options.sharedRoot === undefined ? [] : [options.sharedRoot];
    return new ServerRun(
      spawn(process.execPath, ['--import', REGISTER, SERVER, dataDir, ...shared], {
        ...(options.account ?? {}),
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
  }

  /** Rejects with the sentence that an operator would read. */
  async ready(): Promise<ReadyServer> {
    const answer = JSON.parse(await this.answer) as ReadyServer | { readonly error: string };
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  async stop(): Promise<void> {
    this.process.stdin?.end();
    await this.ended;
  }

  /** As the kernel's memory killer does it: nothing of ours runs any more. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a module's text in a process of its own and waits for its end. */
export function runScript(script: string): {
  readonly status: number | null;
  readonly output: string;
} {
  const answer = spawnSync(
    process.execPath,
    ['--import', REGISTER, '--input-type=module', '--eval', script],
    { encoding: 'utf8', cwd: pathOf('../../..') },
  );
  return { status: answer.status, output: answer.stdout + answer.stderr };
}

async function readLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) return line;
  return JSON.stringify({ error: 'The process ended without a word.' });
}

export async function query(url: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The uid that a process really runs under. */
export function uidOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

export function processGroupOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]);
}

export function isAlive(pid: number): boolean {
  return (
    existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  );
}
