/** One row per environment variable: the source of the parser's names, of `.env.example` and of the README's table. */
export interface VariableSpec {
  readonly name: string;
  /** Shown as the default; `undefined` means "unset". */
  readonly fallback?: string;
  readonly description: string;
  readonly secret?: boolean;
}
