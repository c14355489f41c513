import { hash } from 'node:crypto';
import pg from 'pg';
import type { TimeLimited } from './bounded-client.js';

/** Text and parameters, as PostgreSQL takes them. */
export interface CompiledStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface StatementResult {
  /** What was carried out, like `COMMIT`. */
  readonly command: string;
  readonly rows: readonly unknown[];
}

/** Statements that a connection has parsed under their names. */
const preparedOn = new WeakMap<pg.ClientBase, Set<string>>();
const names = new Map<string, string>();

type Parameter = Buffer | string | null;

/** pg exports it without a type: how a value of JavaScript is written as a parameter. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): Parameter } })
  .utils;

/**
 * Sends all statements at once and resolves with the result of each: one round trip. There is one
 * Sync, behind the last, so what follows a failed statement is not carried out, and the error is that
 * of the statement that failed.
 *
 * @param isPrepared parses a statement once per connection, and plans it a few times; all of ours carry
 * their rows in arrays, so that one text serves any number of them
 */
export async function sendTogether(
  client: pg.ClientBase,
  statements: readonly CompiledStatement[],
  isPrepared: boolean,
): Promise<readonly StatementResult[]> {
  const prepared = preparedOn.get(client) ?? new Set<string>();
  preparedOn.set(client, prepared);
  const named = statements.map(({ sql, parameters }) => ({
    text: sql,
    // Before anything is sent: what cannot be written must not leave half a batch behind.
    values: parameters.map(prepareValue),
    name: isPrepared ? nameOf(sql) : '',
  }));
  const results = await new Promise<readonly StatementResult[]>((resolve, reject) => {
    client.query(
      new StatementBatch(named, prepared, (error, results) =>
        error ? reject(error) : resolve([results].flat()),
      ),
    );
  });
  for (const { name } of named) if (name !== '') prepared.add(name);
  return results;
}

/** For a connection of which it is not known how far it came: everything is parsed anew. */
export function forgetPrepared(client: pg.ClientBase): void {
  preparedOn.delete(client);
}

/** By its text: the same in every process, as a pooler in between may share what is prepared. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `growthgate_${hash('sha256', text, 'hex').slice(0, 16)}`;
  names.set(text, name);
  return name;
}

interface NamedStatement {
  readonly text: string;
  readonly values: Parameter[];
  /** Empty: not prepared. */
  readonly name: string;
}

type Results = StatementResult | readonly StatementResult[];

/** What waits for a flush is a sender who will have gone by then. */
const TIME_LIMIT_MS = 8_000;

/** To pg one query with several results; the time limit of a query holds for the batch. */
class StatementBatch extends pg.Query implements TimeLimited {
  readonly timeLimitMs = TIME_LIMIT_MS;

  constructor(
    private readonly statements: readonly NamedStatement[],
    private readonly prepared: ReadonlySet<string>,
    callback: (error: Error | undefined, results: Results) => void,
  ) {
    super('', (error: Error | undefined, results: unknown) => callback(error, results as Results));
  }

  override readonly submit = (connection: pg.Connection): void => {
    connection.stream.cork();
    for (const statement of this.statements) this.write(connection, statement);
    connection.sync();
    connection.stream.uncork();
  };

  private write(connection: pg.Connection, { text, values, name }: NamedStatement): void {
    if (name === '' || !this.prepared.has(name)) {
      // Of a batch that failed half-way it is not known what was parsed; closing what is not there is no error.
      if (name !== '') connection.close({ type: 'S', name }, true);
      connection.parse({ text, name, types: [] }, true);
    }
    connection.bind({ statement: name, values }, true);
    connection.describe({ type: 'P' }, true);
    connection.execute({}, true);
  }
}
