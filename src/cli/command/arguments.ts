import { parseArgs, type ParseArgsConfig } from 'node:util';

export type ParsedArguments<Options> =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] };

export interface NumberFlag {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only unless false. */
  readonly whole?: boolean;
}

type FlagTypes = NonNullable<ParseArgsConfig['options']>;

const HELP_FLAG = { help: { type: 'boolean', short: 'h' } } as const;

/**
 * Reads a command line; every fault is told at once, each naming its flag and how to mend it. Words
 * that belong to no flag are a fault unless `positionals` says otherwise.
 */
export function readArguments<Options>(
  args: readonly string[],
  flags: FlagTypes,
  read: (reader: ArgumentReader) => Options,
  { positionals: allowPositionals = false } = {},
): ParsedArguments<Options> {
  let reader: ArgumentReader;
  try {
    const options = { ...flags, ...HELP_FLAG };
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals });
    reader = new ArgumentReader(values, positionals);
  } catch (error) {
    return { kind: 'invalid', errors: [firstSentence(error)] };
  }
  if (reader.isSet('help')) return { kind: 'help' };
  const options = read(reader);
  return reader.errors.length > 0
    ? { kind: 'invalid', errors: reader.errors }
    : { kind: 'options', options };
}

type FlagValue = string | boolean | readonly (string | boolean)[] | undefined;

/** Reads flags one by one and collects every fault. */
export class ArgumentReader {
  readonly errors: string[] = [];

  constructor(
    private readonly values: Readonly<Record<string, FlagValue>>,
    /** Words that belong to no flag, in their order. */
    readonly positionals: readonly string[],
  ) {}

  isSet(name: string): boolean {
    return this.values[name] === true;
  }

  /** Trimmed; undefined when the flag is absent. A flag that is given needs a value. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value !== 'string') return undefined;
    if (value.trim() === '') this.reject(name, 'needs a value');
    return value.trim();
  }

  requiredText(name: string, example: string): string {
    const value = this.text(name);
    if (value === undefined) this.reject(name, `is missing: add --${name} ${example}`);
    return value ?? '';
  }

  /** Values of a flag that may be repeated or hold commas, without repeats. */
  list(name: string): readonly string[] {
    const value = this.values[name];
    const given: readonly (string | boolean)[] = Array.isArray(value) ? value : [];
    const parts = given.flatMap((one) => (typeof one === 'string' ? one.split(',') : []));
    return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
  }

  number(name: string, { fallback, min, max, whole = true }: NumberFlag): number {
    const text = this.values[name];
    if (typeof text !== 'string') return fallback;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const fits = whole ? Number.isInteger(value) : Number.isFinite(value);
    if (fits && value >= min && value <= max) return value;
    const kind = whole ? 'a whole number' : 'a number';
    this.reject(name, `must be ${kind} from ${min} to ${max}, got "${text}"`);
    return fallback;
  }

  /** Address of the service, without a trailing slash; undefined when the flag is absent. */
  serviceUrl(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const isHttp = URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
    if (!isHttp) {
      this.reject(name, `must be an address such as http://127.0.0.1:3000, got "${text}"`);
    }
    return text.replace(/\/+$/, '');
  }

  reject(name: string, mend: string): void {
    this.errors.push(`--${name} ${mend}`);
  }
}

/** The parser's own messages go on about positional arguments, of which hardly a command has any. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [sentence = message] = message.split('. ');
  return `${sentence.replace(/\.$/, '')}: --help lists the flags`;
}
