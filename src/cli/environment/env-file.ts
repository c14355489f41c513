import { isDeepStrictEqual, parseEnv } from 'node:util';
import { CommandFailure } from '../command/command-failure.js';

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/**
 * An entry as `process.loadEnvFile` reads it, to the end of its line; a value in quotes may run over
 * several lines, so the lines inside it are no entries. Groups: what stands before the value, the
 * name, a comment behind the value, the end of the line.
 */
const ENTRY =
  /^([ \t]*(?:export[ \t]+)?([^\s=#]+)[ \t]*=[ \t]*)(?:(?:'[^']*'|"[^"]*"|`[^`]*`)[^#\r\n]*?|[^#\r\n]*?)([ \t]*(?:#[^\r\n]*)?)(\r?\n|(?![^]))/gm;
/** Needs no quotes. */
const PLAIN = /^[\w.,:;/@%+=-]*$/;

/**
 * The text of an environment file in which each name stands once, with its value. Comments, other
 * entries and the place of an entry are kept.
 *
 * @throws {CommandFailure} when the file would not be read back as exactly that
 */
export function setVariables(text: string, assignments: readonly Assignment[]): string {
  const ended = withLastLineEnded(text);
  const updated = assignments.reduce(setVariable, ended);
  const entries = assignments.map(({ name, value }) => [name, value] as const);
  const wanted = { ...parseEnv(ended), ...Object.fromEntries(entries) };
  // After an opened quote that is never closed the same entry would not be found again.
  const isStable = assignments.reduce(setVariable, updated) === updated;
  if (isStable && isDeepStrictEqual({ ...parseEnv(updated) }, wanted)) return updated;
  throw new CommandFailure(
    'The file holds lines that are no NAME=VALUE, and cannot be changed safely: mend it by hand.',
  );
}

function setVariable(text: string, { name, value }: Assignment): string {
  const lineEnd = lineEndOf(text);
  const written = quoted(name, value);
  let isWritten = false;
  const updated = text.replace(
    ENTRY,
    (entry, head: string, key: string, comment: string, end: string) => {
      if (key !== name) return entry;
      // Of several the last one counted; now there is one.
      if (isWritten) return '';
      isWritten = true;
      return `${head}${written}${comment}${end}`;
    },
  );
  return isWritten ? updated : `${text}${name}=${written}${lineEnd}`;
}

/** A comment that the file ends within is read as an entry. */
function withLastLineEnded(text: string): string {
  if (text === '' || text.endsWith('\n')) return text;
  return `${text}${lineEndOf(text)}`;
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Not each kind of quotes can hold each value: in double ones `\n` is the end of a line. */
function quoted(name: string, value: string): string {
  if (PLAIN.test(value)) return value;
  const forms = [`'${value}'`, `"${value}"`, `\`${value}\``];
  const form = forms.find((text) => parseEnv(`${name}=${text}\n`)[name] === value);
  if (form !== undefined) return form;
  throw new CommandFailure(
    `${name} has a value that no kind of quotes can hold: set it in the environment of the process.`,
  );
}
