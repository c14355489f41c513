import { AsyncLocalStorage } from 'node:async_hooks';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { redact, redactError, redactRecord, redactText } from './log-redaction.js';

/** What every log line of one piece of work has in common: from a request to the CRM calls that it leads to. */
export interface RequestContext {
  /** Of the HTTP request. */
  readonly correlationId?: string;
  /** The delivery that is decided, or that the effect goes back to: the same in its request and in its effects. */
  deliveryId?: string | null;
  /** The effect that is carried out. */
  readonly effectId?: number;
}

/** One per process by the nature of AsyncLocalStorage: the store travels with the work, not with an instance. */
const storage = new AsyncLocalStorage<RequestContext>();

/** Entered for a request, for each delivery that is decided, and for each effect that is carried out. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run({ ...context }, work);
}

/** Called once a request has been read: what it logs from then on bears the delivery's id. */
export function nameDelivery(deliveryId: string): void {
  const context = storage.getStore();
  if (context !== undefined) context.deliveryId = deliveryId;
}

/** Empty outside any work: at start, in timers. */
export function currentRequestContext(): Readonly<RequestContext> {
  return storage.getStore() ?? {};
}

/** From the most to the least urgent; a level shows itself and everything before it. */
const LEVELS = [
  'fatal',
  'error',
  'warn',
  'log',
  'debug',
  'verbose',
] as const satisfies readonly LogLevel[];

const NEST_BOOT_CONTEXTS: ReadonlySet<string> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

const NEST_FAILED_START: ReadonlySet<unknown> = new Set(['ExceptionHandler', 'NestApplication']);

export interface StructuredLoggerOptions {
  /** One JSON object a line, for machines; otherwise a line to read. */
  readonly json: boolean;
  /** `info` is what Nest calls `log`. */
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug' | 'verbose';
}

/**
 * The application's logger: `logger.log('lead_decided', { deliveryId, score })`, an event with its
 * parameters rather than prose, or both in one object. Adds the ids of the work under way, and takes
 * out whatever could identify a lead before anything is written, so that a careless caller does no harm.
 */
export class StructuredLogger extends ConsoleLogger {
  constructor(options: StructuredLoggerOptions) {
    const threshold = options.logLevel === 'info' ? 'log' : options.logLevel;
    super({
      json: options.json,
      prefix: 'GrowthGate',
      flattenParams: true,
      logLevels: LEVELS.slice(0, LEVELS.indexOf(threshold) + 1),
    });
  }

  /** Nest tells of every module and route at the start: of interest to whoever debugs the wiring. */
  override log(message: unknown, ...optionalParams: unknown[]): void {
    const context = optionalParams.at(-1);
    if (typeof context === 'string' && NEST_BOOT_CONTEXTS.has(context))
      this.debug(message, ...optionalParams);
    else super.log(message, ...optionalParams);
  }

  /** Of a start that failed Nest logs the stack; `main.ts` says the one sentence that an operator needs. */
  override error(message: unknown, ...optionalParams: unknown[]): void {
    if (NEST_FAILED_START.has(optionalParams.at(-1))) this.debug(message, ...optionalParams);
    else super.error(message, ...optionalParams);
  }

  protected override printMessages(
    messages: unknown[],
    context?: string,
    logLevel?: LogLevel,
    ...[stream, stack, params]: [
      writeStreamType?: 'stdout' | 'stderr',
      errorStack?: unknown,
      params?: Record<string, unknown>,
    ]
  ): void {
    const line = composeLine(
      messages.map((message) => this.resolveMessage(message)),
      params,
    );
    const redactedStack = typeof stack === 'string' ? redactText(stack) : undefined;
    const shown = Object.keys(line.params).length === 0 ? undefined : line.params;
    super.printMessages(line.messages, context, logLevel, stream, redactedStack, shown);
  }

  /** Nest prints the stack of a readable line by itself, past `printMessages`. */
  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && redactText(stack));
  }
}

interface LogLine {
  readonly messages: unknown[];
  readonly params: Record<string, unknown>;
}

/** An event may be named by the first argument or by its `event` key; it is the line's message either way. */
function composeLine(messages: readonly unknown[], params: Record<string, unknown> = {}): LogLine {
  const error = messages.find((message) => message instanceof Error);
  const [first, ...others] = messages.filter((message) => !(message instanceof Error));
  const { event, ...details } = isEvent(first) ? first : { event: first ?? 'fault' };
  return {
    messages: [event, ...others].map((message) => redact(message)),
    params: {
      ...idsOfWork(),
      ...redactRecord({ ...details, ...params }),
      ...(error === undefined ? {} : { error: redactError(error) }),
    },
  };
}

function isEvent(message: unknown): message is { readonly event: string } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'event' in message &&
    typeof message.event === 'string'
  );
}

/** A delivery's id is the sender's and may be anything. */
function idsOfWork(): Record<string, unknown> {
  const { correlationId, deliveryId, effectId } = currentRequestContext();
  return {
    ...(correlationId === undefined ? {} : { correlation_id: correlationId }),
    ...(typeof deliveryId === 'string' ? { delivery_id: redactText(deliveryId) } : {}),
    ...(effectId === undefined ? {} : { effect_id: effectId }),
  };
}
