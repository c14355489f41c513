import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** It holds the contacts and what was written to them: its owner's alone. */
const MODE = 0o600;

/**
 * An append-only file of JSON lines. A line is handed to the operating system before the call is
 * answered, so killing the process loses nothing that was acknowledged. (A power failure may: this
 * is a sandbox, and it does not wait for the disk.)
 */
export class SandboxJournal {
  private file: number | undefined;
  private appended = 0;

  constructor(private readonly path: string) {}

  /** Bytes appended since the file was last rewritten. */
  get appendedBytes(): number {
    return this.appended;
  }

  /** A last line without its end was being written when the process died: it was not answered yet. */
  read(): readonly unknown[] {
    if (!existsSync(this.path)) return [];
    const complete = readFileSync(this.path, 'utf8').split('\n').slice(0, -1);
    return complete.map((line): unknown => JSON.parse(line));
  }

  append(entry: unknown): void {
    const line = `${JSON.stringify(entry)}\n`;
    this.file ??= openSync(this.path, 'a', MODE);
    this.appended += writeSync(this.file, line);
  }

  /** The old file stays whole until the new one is complete. */
  rewrite(entries: Iterable<unknown>): void {
    this.close();
    mkdirSync(dirname(this.path), { recursive: true });
    const fresh = `${this.path}.new`;
    // One that was left behind might be readable by others.
    rmSync(fresh, { force: true });
    const file = openSync(fresh, 'wx', MODE);
    for (const entry of entries) writeFileSync(file, `${JSON.stringify(entry)}\n`);
    closeSync(file);
    renameSync(fresh, this.path);
    this.appended = 0;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}
