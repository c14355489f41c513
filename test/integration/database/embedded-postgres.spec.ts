import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  EmbeddedPostgres,
  type EmbeddedPostgresEvent,
} from '../../../src/database/embedded/embedded-postgres.js';
import { until } from '../../support/until.js';
import {
  ServerRun,
  type ServerRunOptions,
  canRunAsNobody,
  isAlive,
  isRunByRoot,
  nobody,
  processGroupOf,
  query,
  runScript,
  uidOf,
} from './server-run.js';

const whenRoot = isRunByRoot ? it : it.skip;
const whenNobodyCanRun = canRunAsNobody ? it : it.skip;

let folder: string;
let dataDir: string;
let sharedRoot: string;
let runs: ServerRun[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'growthgate-embedded-'));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
  sharedRoot = join(folder, 'shared');
  runs = [];
});

afterEach(async () => {
  await Promise.all(runs.map((run) => run.stop()));
  rmSync(folder, { recursive: true, force: true });
});

function start(options: ServerRunOptions = {}): ServerRun {
  const run = ServerRun.spawn(dataDir, { sharedRoot, ...options });
  runs.push(run);
  return run;
}

const insideCluster = (name: string): string => join(dataDir, 'postgres', 'cluster', name);

describe('the built-in PostgreSQL', () => {
  it('serves, stops cleanly, and keeps its data', async () => {
    const first = start();
    const { url, place } = await first.ready();
    await query(url, 'create table kept as select 1 as value');
    await first.stop();

    expect(place).toBe(join(dataDir, 'postgres'));
    expect(existsSync(insideCluster('postmaster.pid'))).toBe(false);
    expect(readFileSync(join(place, 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );
    const second = await start().ready();
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  it('keeps its process until it has stopped, however late the server’s end is told', () => {
    const { status, output } = runScript(`
      import { ChildProcess } from 'node:child_process';
      import { EmbeddedPostgres } from './src/database/embedded/embedded-postgres.js';
      const emit = ChildProcess.prototype.emit;
      ChildProcess.prototype.emit = function (name, ...rest) {
        if (name === 'exit') setTimeout(() => emit.call(this, name, ...rest), 300).unref();
        else return emit.call(this, name, ...rest);
      };
      const server = await EmbeddedPostgres.start(${JSON.stringify({ dataDir, sharedRoot })});
      await server.stop();
      console.log('stopped');
    `);
    expect(output).toBe('stopped\n');
    expect(status).toBe(0);
    expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false);
  });

  it('listens on loopback only, wants the password, and syncs its log to the disk', async () => {
    const { url } = await start().ready();
    expect(
      await query(
        url,
        "select setting from pg_settings where name in ('fsync', 'listen_addresses') order by name",
      ),
    ).toEqual([{ setting: 'on' }, { setting: '127.0.0.1' }]);
    const guessed = new URL(url);
    guessed.password = 'guess';
    await expect(query(guessed.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  });

  it('does not receive the Ctrl-C of our terminal', async () => {
    const { pid } = await start().ready();
    expect(processGroupOf(pid)).toBe(pid);
  });

  it('shows the end of the log when the server cannot start', async () => {
    const first = start();
    await first.ready();
    await first.stop();
    appendFileSync(insideCluster('postgresql.conf'), '\nno_such_setting = 1\n');
    await expect(start().ready()).rejects.toThrow(/did not start[^]*no_such_setting/);
  });

  it('refuses the cluster of another major version', async () => {
    const first = start();
    await first.ready();
    await first.stop();
    writeFileSync(insideCluster('PG_VERSION'), '17\n');
    await expect(start().ready()).rejects.toThrow('made by PostgreSQL 17');
  });

  it('is told to stop, and the folder is freed, when the process exits without a farewell', async () => {
    const module = './src/database/embedded/embedded-postgres.ts';
    const { status, output } = runScript(`
      import { EmbeddedPostgres } from '${module}';
      const server = await EmbeddedPostgres.start({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(server.pid);
      process.exit(3);
    `);
    expect(status).toBe(3);
    await until(() => !isAlive(Number(output)));
    expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false);
  });
});

describe('the account that the server runs under', () => {
  whenRoot('is nobody when root starts us', async () => {
    const { pid } = await start().ready();
    expect(uidOf(pid)).toBe(nobody.uid);
  });

  whenNobodyCanRun(
    'is our own when an ordinary user starts us, all within the data folder',
    async () => {
      mkdirSync(dataDir);
      chownSync(dataDir, nobody.uid, nobody.gid);
      const run = start({ account: nobody });
      const { pid, place } = await run.ready();
      expect(uidOf(pid)).toBe(nobody.uid);
      expect(place).toBe(join(dataDir, 'postgres'));
      expect(existsSync(sharedRoot)).toBe(false);
    },
  );

  whenNobodyCanRun('stays the owner of the cluster, whoever starts us next', async () => {
    mkdirSync(dataDir);
    chownSync(dataDir, nobody.uid, nobody.gid);
    const asNobody = start({ account: nobody });
    await query((await asNobody.ready()).url, 'create table kept ()');
    await asNobody.stop();
    const asRoot = start();
    await query((await asRoot.ready()).url, 'table kept');
    await asRoot.stop();
    await query((await start({ account: nobody }).ready()).url, 'table kept');
  });

  whenNobodyCanRun(
    'cannot be changed to an ordinary user who does not own the cluster',
    async () => {
      const asRoot = start();
      await asRoot.ready();
      await asRoot.stop();
      chownSync(dataDir, 1_000, 1_000);
      chmodSync(dataDir, 0o777);
      const stranger = { uid: 1_000, gid: 1_000 };
      await expect(start({ account: stranger }).ready()).rejects.toThrow(
        `belongs to user ${nobody.uid}, and this process runs as user 1000`,
      );
    },
  );

  describe('when it cannot enter the data folder', () => {
    beforeEach(() => mkdirSync(dataDir, { mode: 0o700 }));

    whenRoot('has the cluster elsewhere, with a pointer in the data folder', async () => {
      const first = start();
      const { url, place } = await first.ready();
      expect(place).toMatch(new RegExp(`^${sharedRoot}/[0-9a-f]{16}$`));
      expect(readdirSync(place)).toEqual(['cluster', 'password', 'postgres.log']);
      expect(readFileSync(join(dataDir, 'postgres-location'), 'utf8').trim()).toBe(place);
      await query(url, 'create table kept ()');
      await first.stop();

      const second = await start().ready();
      expect(second.place).toBe(place);
      await query(second.url, 'table kept');
    });

    whenRoot('begins a fresh database when the data folder was deleted', async () => {
      const first = start();
      const { url, place } = await first.ready();
      await query(url, 'create table kept ()');
      await first.stop();
      rmSync(dataDir, { recursive: true });
      mkdirSync(dataDir, { mode: 0o700 });

      const second = await start().ready();
      expect(second.place).not.toBe(place);
      await expect(query(second.url, 'table kept')).rejects.toThrow('does not exist');
    });

    whenRoot('does not serve an empty database when the cluster has vanished', async () => {
      const first = start();
      const { place } = await first.ready();
      await first.stop();
      rmSync(place, { recursive: true });
      await expect(start().ready()).rejects.toThrow(`${place}, which does not exist`);
    });
  });
});

describe('after a kill -9 of our process', () => {
  it('the orphaned server is stopped and what it had committed is served', async () => {
    const first = start();
    const orphan = await first.ready();
    await query(orphan.url, 'create table kept as select 1 as value');
    await first.kill();
    expect(isAlive(orphan.pid)).toBe(true);

    const second = await start().ready();
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  it('an orphan that was moved together with its data folder is still recognised', async () => {
    const first = start();
    const orphan = await first.ready();
    await first.kill();
    const moved = join(folder, 'moved');
    renameSync(dataDir, moved);
    dataDir = moved;

    await query((await start().ready()).url, 'select 1');
    expect(isAlive(orphan.pid)).toBe(false);
  });

  it('of the server as well, a new start recovers', async () => {
    const first = start();
    const { url, pid } = await first.ready();
    await query(url, 'create table kept as select 1 as value');
    await first.kill();
    process.kill(pid, 'SIGKILL');

    const second = await start().ready();
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  it('in the first initdb, the next start makes the cluster anew', async () => {
    const first = start();
    await until(() => listDrafts().length > 0);
    await first.kill();
    expect(existsSync(insideCluster(''))).toBe(false);

    const second = start();
    await query((await second.ready()).url, 'select 1');
    await second.stop();
    await query((await start().ready()).url, 'select 1');
    expect(listDrafts()).toEqual([]);
  });

  function listDrafts(): readonly string[] {
    const home = join(dataDir, 'postgres');
    return existsSync(home) ? readdirSync(home).filter((name) => name.startsWith('initdb-')) : [];
  }
});

describe('a stale postmaster.pid', () => {
  let pidFile: string;
  let content: readonly string[];

  beforeEach(async () => {
    const run = start();
    await run.ready();
    pidFile = insideCluster('postmaster.pid');
    content = readFileSync(pidFile, 'utf8').split('\n');
    await run.stop();
  });

  const leaveBehind = (pid: number): void => {
    writeFileSync(pidFile, [String(pid), ...content.slice(1)].join('\n'));
    if (isRunByRoot) chownSync(pidFile, nobody.uid, nobody.gid);
  };

  it('of a process that is gone does not stand in the way', async () => {
    const gone = spawn('true');
    await once(gone, 'exit');
    leaveBehind(gone.pid ?? 0);
    await query((await start().ready()).url, 'select 1');
  });

  it('whose pid now belongs to another program does not stand in the way, and spares that program', async () => {
    const other = spawn('sleep', ['600'], isRunByRoot ? { ...nobody } : {});
    leaveBehind(other.pid ?? 0);
    await query((await start().ready()).url, 'select 1');
    expect(isAlive(other.pid ?? 0)).toBe(true);
    other.kill();
  });

  it('whose process is a zombie does not stand in the way', async () => {
    // The shell becomes a sleep that never reaps its child.
    const parent = spawn(
      'sh',
      ['-c', 'sleep 0.1 & echo $!; exec sleep 600'],
      isRunByRoot ? { ...nobody } : {},
    );
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const zombie = Number(line);
    await until(() => /\) Z /.test(readFileSync(`/proc/${zombie}/stat`, 'utf8')));
    leaveBehind(zombie);
    await query((await start().ready()).url, 'select 1');
    parent.kill();
  });

  it('that was cut to nothing does not stand in the way', async () => {
    writeFileSync(pidFile, '');
    if (isRunByRoot) chownSync(pidFile, nobody.uid, nobody.gid);
    await query((await start().ready()).url, 'select 1');
  });
});

describe('a second process on the same data folder', () => {
  it('is refused with a sentence that names the holder, and the first goes on', async () => {
    const first = start();
    const { url } = await first.ready();
    const since = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    await expect(start().ready()).rejects.toThrow(
      new RegExp(
        `^The data folder ${dataDir} is in use by process ${first.process.pid} since ${since}: `,
      ),
    );
    await query(url, 'select 1');
  });

  it('is admitted once the first has stopped', async () => {
    const first = start();
    await first.ready();
    await first.stop();
    await query((await start().ready()).url, 'select 1');
  });

  it('is the only loser when several start at once, also over the lock of a dead process', async () => {
    const dead = start();
    await dead.ready();
    await dead.kill();
    const starts = await Promise.allSettled([start(), start(), start()].map((run) => run.ready()));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = starts.flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    expect(refusals.map(String)).toEqual([
      expect.stringContaining('is in use by process'),
      expect.stringContaining('is in use by process'),
    ]);
  });
});

describe('a kill -9 of the server while we run', () => {
  it('brings it back under the same address, with everything committed', async () => {
    const kinds: string[] = [];
    const server = await EmbeddedPostgres.start({
      dataDir,
      sharedRoot,
      onEvent: ({ kind }) => kinds.push(kind),
    });
    try {
      await query(server.url, 'create table kept as select 1 as value');
      const { url, pid } = server;
      process.kill(pid, 'SIGKILL');
      await until(() => kinds.includes('server_restarted'));

      expect(server.url).toBe(url);
      expect(server.pid).not.toBe(pid);
      expect(await query(url, 'select value from kept')).toEqual([{ value: 1 }]);
      expect(kinds[0]).toBe('server_died');
    } finally {
      await server.stop();
    }
  });

  it('is mended as soon as the cause of a failing restart is gone, and a stop need not wait for that', async () => {
    const kinds: string[] = [];
    const onEvent = ({ kind }: EmbeddedPostgresEvent): void => void kinds.push(kind);
    const server = await EmbeddedPostgres.start({ dataDir, sharedRoot, onEvent });
    const configuration = readFileSync(insideCluster('postgresql.conf'));
    appendFileSync(insideCluster('postgresql.conf'), '\nno_such_setting = 1\n');
    process.kill(server.pid, 'SIGKILL');
    await until(() => kinds.includes('restart_failed'));
    writeFileSync(insideCluster('postgresql.conf'), configuration);
    await until(() => kinds.includes('server_restarted'));
    await query(server.url, 'select 1');

    kinds.length = 0;
    appendFileSync(insideCluster('postgresql.conf'), '\nno_such_setting = 1\n');
    process.kill(server.pid, 'SIGKILL');
    await until(() => kinds.filter((kind) => kind === 'restart_failed').length > 1);
    await server.stop();
    expect(kinds).not.toContain('server_restarted');
    expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false);
  });

  it('does not hinder the stop', async () => {
    const server = await EmbeddedPostgres.start({ dataDir, sharedRoot });
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false);
    await until(() => !isAlive(server.pid));
  });
});
