/** Injected by the composition root; see `DatabaseModule.forRootAsync`. */
export abstract class DatabaseOptions {
  /** Absent: the built-in PostgreSQL runs on `dataDir`. */
  abstract readonly databaseUrl?: string | undefined;
  abstract readonly dataDir: string;
  /** Connections at most; the migrations and the listener use up to three more for a while. */
  abstract readonly poolSize: number;
}
