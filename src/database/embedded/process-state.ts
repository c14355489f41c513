import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeOf } from '../error-code.js';

/**
 * A pid alone does not name a process: pids are reused, and a killed child stays as a zombie until
 * its parent reaps it. `startMark` differs between two processes that were given the same pid.
 */
export type ProcessState =
  | { readonly kind: 'gone' }
  | { readonly kind: 'zombie' }
  | { readonly kind: 'running'; readonly startMark: string };

const GONE: ProcessState = { kind: 'gone' };

export function inspectProcess(pid: number): ProcessState {
  if (!isSignallable(pid)) return GONE;
  return inspectByProcFs(pid) ?? inspectByPs(pid);
}

/** Signal 0 asks for existence only; EPERM means it exists and belongs to somebody else. */
function isSignallable(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function inspectByProcFs(pid: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return parseProcStat(stat, readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  } catch {
    return undefined;
  }
}

/**
 * proc(5): the second field is the program's name in parentheses and may hold anything, so the
 * fields are counted from the last parenthesis; the third is the state, the 22nd the start in ticks
 * since boot, which only together with the boot is unique.
 */
export function parseProcStat(stat: string, bootId: string): ProcessState {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  const state = fields[0];
  if (state === 'Z') return { kind: 'zombie' };
  if (state === 'X') return GONE;
  return { kind: 'running', startMark: `${bootId}/${fields[19] ?? ''}` };
}

/** macOS has no /proc. Where there is no `ps` either (Windows), existence is all that is known. */
function inspectByPs(pid: number): ProcessState {
  const answer = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const line = answer.stdout?.trim() ?? '';
  if (line.startsWith('Z')) return { kind: 'zombie' };
  return { kind: 'running', startMark: line.replace(/^\S+\s+/, '') };
}
