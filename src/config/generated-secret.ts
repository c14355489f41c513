import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GeneratedSecret {
  readonly value: string;
  /** Where an operator finds it. */
  readonly file: string;
}

/** Reads a secret kept in the data folder, or makes one; readable by the owner alone. */
export function keptSecret(dataDir: string, name: string): GeneratedSecret {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const value = readFileSync(file, 'utf8').trim();
  if (value === '') throw new Error(`${file} is empty: delete it, and a new secret is made`);
  return { value, file };
}

/** Keeps a secret that was made elsewhere. */
export function keepSecret(dataDir: string, name: string, value: string): GeneratedSecret {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  // The mode counts for a new file only: one that is there may be open to others.
  rmSync(file, { force: true });
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' });
  return { value, file };
}

/** File names in the data folder. */
export const WEBHOOK_SECRET_FILE = 'webhook-secret';
export const ADMIN_API_KEY_FILE = 'admin-api-key';
