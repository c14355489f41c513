import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canReach, canTraverse, findUnprivilegedAccount } from './server-account.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'growthgate-account-'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the unprivileged account', () => {
  const findIn = (passwd: string) => {
    writeFileSync(join(folder, 'passwd'), passwd);
    return findUnprivilegedAccount(join(folder, 'passwd'));
  };

  it('is the nobody of the system', () => {
    expect(findIn('root:x:0:0::/root:/bin/sh\nnobody:x:99:98:Nobody:/:/sbin/nologin\n')).toEqual({
      uid: 99,
      gid: 98,
    });
  });

  it.each(['root:x:0:0::/root:/bin/sh\n', 'nobody:x::\n', 'nobody:x:0:0::/:\n', ''])(
    'is 65534 where /etc/passwd says %j',
    (passwd) => {
      expect(findIn(passwd)).toEqual({ uid: 65_534, gid: 65_534 });
    },
  );

  it('is 65534 where there is no /etc/passwd', () => {
    expect(findUnprivilegedAccount(join(folder, 'none'))).toEqual({ uid: 65_534, gid: 65_534 });
  });
});

describe('what an account can reach', () => {
  const stranger = { uid: 4_000_001, gid: 4_000_001 };

  it('ends at a closed folder anywhere above', () => {
    mkdirSync(join(folder, 'home', 'inside'), { recursive: true });
    expect(canTraverse(stranger, join(folder, 'home', 'inside'))).toBe(true);
    chmodSync(join(folder, 'home'), 0o700);
    expect(canTraverse(stranger, join(folder, 'home', 'inside'))).toBe(false);
  });

  it('needs the right to read a file, not only its folder', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    expect(canReach(stranger, file)).toBe(true);
    chmodSync(file, 0o640);
    expect(canReach(stranger, file)).toBe(false);
  });

  it('is judged as owner and as member of the group', () => {
    const uid = process.getuid?.() ?? 0;
    const gid = process.getgid?.() ?? 0;
    chmodSync(folder, 0o710);
    expect(canTraverse({ uid, gid: stranger.gid }, folder)).toBe(true);
    expect(canTraverse({ uid: stranger.uid, gid }, folder)).toBe(true);
    chmodSync(folder, 0o071);
    expect(canTraverse({ uid, gid }, folder)).toBe(false);
  });
});
