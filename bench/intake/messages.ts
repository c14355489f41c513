/** What the benchmark and its processes tell each other. */

export const SERVER_KINDS = ['durable', 'effects-held', 'memory', 'plain', 'bare'] as const;

/**
 * - `durable`: the product as it is served.
 * - `effects-held`: the same with its effects stored and not delivered.
 * - `memory`: the same with maps in place of tables.
 * - `plain`: an Express route that verifies the signature, stores one row and answers.
 * - `bare`: an Express route that verifies the signature and answers.
 */
export type ServerKind = (typeof SERVER_KINDS)[number];

export interface ServerReady {
  readonly url: string;
  /** Of the product's own database; empty where it is no product. */
  readonly databaseUrl: string;
}

/** Deliveries that the server decided since it started; the bare one decides nothing and counts what it answered. */
export interface ServerTally {
  readonly decided: number;
}

export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  /** Part of every id, so that no two orders send the same delivery. */
  readonly series: string;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Replies with another status than 200, and connections that broke. */
  readonly failures: number;
}
