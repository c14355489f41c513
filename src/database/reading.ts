import type { Kysely, RawBuilder } from 'kysely';
import type { DatabaseTables } from './database.types.js';

/** A statement whose answer nobody waits for. */
export type Statement = RawBuilder<unknown>;

type Rows = readonly unknown[];

/**
 * Statements and what their rows say, apart from when they are sent: readings of several rooms can
 * share one round trip.
 */
export class Reading<Value> {
  private constructor(
    readonly statements: readonly Statement[],
    /** Takes the rows of each statement. */
    readonly read: (rows: readonly Rows[]) => Value,
  ) {}

  static of<Row>(statement: RawBuilder<Row>): Reading<readonly Row[]> {
    return new Reading([statement], ([rows = []]) => rows as readonly Row[]);
  }

  /** Known without asking. */
  static known<Value>(value: Value): Reading<Value> {
    return new Reading([], () => value);
  }

  /** Sent in this order. */
  static all<const Values extends readonly unknown[]>(readings: {
    readonly [Index in keyof Values]: Reading<Values[Index]>;
  }): Reading<Values> {
    const parts: readonly Reading<unknown>[] = readings;
    return new Reading(
      parts.flatMap(({ statements }) => statements),
      (rows) => {
        let taken = 0;
        const values = parts.map(({ statements, read }) =>
          read(rows.slice(taken, (taken += statements.length))),
        );
        return values as unknown as Values;
      },
    );
  }

  map<Next>(change: (value: Value) => Next): Reading<Next> {
    return new Reading(this.statements, (rows) => change(this.read(rows)));
  }

  /** One after the other, where nothing else travels along. */
  async on(executor: Kysely<DatabaseTables>): Promise<Value> {
    const answers: Rows[] = [];
    for (const statement of this.statements) answers.push((await statement.execute(executor)).rows);
    return this.read(answers);
  }
}

/** One after the other, where nothing else travels along. */
export async function execute(
  executor: Kysely<DatabaseTables>,
  statements: readonly Statement[],
): Promise<void> {
  for (const statement of statements) await statement.execute(executor);
}
