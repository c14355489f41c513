import { ProblemException } from '../problem.exception.js';
import type { Page, PageQuery } from './page.js';
import { isStorableId } from './stored-id.js';

interface Parts {
  readonly time: Date;
  readonly text: string;
  readonly number: number;
}

/** The keys by which rows are in order, with what each holds. */
type Order = Readonly<Record<string, keyof Parts>>;
type Position<O extends Order> = { readonly [K in keyof O]: Parts[O[K]] };

/**
 * Pages of a list by the keys that make its order, which together are unique: a page begins behind
 * the row that ended the one before, so rows that come or go meanwhile shift nothing. Cursors are
 * opaque to callers, and read as what anybody may have made up.
 */
export class Keyset<const O extends Order> {
  /** @param list names the list: a cursor of another one is refused */
  constructor(
    private readonly list: string,
    private readonly order: O,
  ) {}

  /**
   * Behind which row the page begins; undefined for the first.
   *
   * @throws {ProblemException} 400 for a cursor that is none of ours
   */
  after({ cursor }: Pick<PageQuery, 'cursor'>): Position<O> | undefined {
    if (cursor === undefined) return undefined;
    const position = this.read(cursor);
    if (position !== undefined) return position;
    const error = { field: 'cursor', message: 'cursor must be the next_cursor of a page' };
    throw new ProblemException(400, 'Validation failed', { errors: [error] });
  }

  /** @param rows behind the cursor and in order, at least one more than asked for if there are more */
  page<R extends Position<O>>(rows: readonly R[], { limit }: Pick<PageQuery, 'limit'>): Page<R> {
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, next_cursor: last === undefined ? null : this.write(last) };
  }

  private write(row: Position<O>): string {
    const parts = Object.keys(this.order).map((key) => row[key]);
    const written = parts.map((part) => (part instanceof Date ? part.getTime() : part));
    return Buffer.from(JSON.stringify([this.list, ...written])).toString('base64url');
  }

  private read(cursor: string): Position<O> | undefined {
    const written = parseJson(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(written)) return undefined;
    const [list, ...parts]: readonly unknown[] = written;
    const keys = Object.entries(this.order);
    if (list !== this.list || parts.length !== keys.length) return undefined;
    const position = keys.map(([key, kind], index) => [key, READERS[kind](parts[index])] as const);
    if (position.some(([, part]) => part === undefined)) return undefined;
    return Object.fromEntries(position) as Position<O>;
  }
}

/** Undefined for what no row can hold. */
const READERS: { readonly [K in keyof Parts]: (part: unknown) => Parts[K] | undefined } = {
  /** From 1970 to what fits four digits of a year. */
  time: (part) => (isCount(part) && part <= Date.UTC(9999, 0) ? new Date(part) : undefined),
  text: (part) => (isStorableId(part) ? part : undefined),
  number: (part) => (isCount(part) ? part : undefined),
};

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
