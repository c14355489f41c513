export interface DatabaseOptions {
  /** Absent: the built-in PostgreSQL runs on `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Connections at most; the migrations and the listener use up to three more for a while. */
  readonly poolSize: number;
}
