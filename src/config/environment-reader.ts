import { ENVIRONMENT } from './environment.js';

const TRUE_WORDS = new Set(['1', 'true', 'yes', 'on']);
const FALSE_WORDS = new Set(['0', 'false', 'no', 'off', '']);
const FALLBACKS = new Map(ENVIRONMENT.map((variable) => [variable.name, variable.fallback]));

/** Reads variables one by one and collects every problem, so that an operator mends them in one go. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  /** What the start does not depend on, but somebody should mend. */
  readonly warnings: string[] = [];

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  /** The trimmed value, the documented default, or undefined. */
  text(name: string): string | undefined {
    if (!FALLBACKS.has(name)) throw new Error(`${name} is not a documented environment variable`);
    const value = this.environment[name]?.trim();
    return value === undefined || value === '' ? FALLBACKS.get(name) : value;
  }

  list(name: string): string[] {
    return (this.text(name) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** Variables that are set and begin so, but have no row of their own in the list of all. */
  undocumented(prefix: string): string[] {
    return Object.keys(this.environment).filter(
      (name) => name.startsWith(prefix) && !FALLBACKS.has(name),
    );
  }

  flag(name: string): boolean {
    return this.readFlag(name, this.text(name) ?? '');
  }

  /** A flag whose name is not known beforehand. */
  flagOf(variable: string): boolean {
    return this.readFlag(variable, this.environment[variable] ?? '');
  }

  private readFlag(name: string, text: string): boolean {
    const value = text.trim().toLowerCase();
    if (TRUE_WORDS.has(value)) return true;
    if (!FALSE_WORDS.has(value))
      this.reject(name, 'must be one of 1, true, yes, on, 0, false, no, off');
    return false;
  }

  integer(name: string, range: { min: number; max: number }): number {
    const value = Number(this.text(name));
    if (Number.isInteger(value) && value >= range.min && value <= range.max) return value;
    this.reject(name, `must be a whole number from ${range.min} to ${range.max}`);
    return range.min;
  }

  number(name: string, range: { min: number; max: number }): number {
    const value = Number(this.text(name));
    if (value >= range.min && value <= range.max) return value;
    this.reject(name, `must be a number from ${range.min} to ${range.max}`);
    return range.min;
  }

  oneOf<const Choice extends string>(
    name: string,
    choices: readonly [Choice, ...Choice[]],
  ): Choice {
    const value = this.text(name);
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    this.reject(name, `must be one of ${choices.join(', ')}`);
    return choices[0];
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
    this.reject(
      name,
      `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
    return undefined;
  }

  timezone(name: string): string {
    const value = this.text(name) ?? 'UTC';
    try {
      new Intl.DateTimeFormat('en-US', { timeZone: value });
    } catch {
      this.reject(name, 'must be an IANA time zone such as America/Chicago');
    }
    return value;
  }

  reject(name: string, mend: string): void {
    this.problems.push(`${name} ${mend}`);
  }

  warn(name: string, mend: string): void {
    this.warnings.push(`${name} ${mend}`);
  }
}
