import { asRecord, type LooseRecord } from '#product/shared/loose-json.js';

/**
 * `down`: the connection breaks before anything happens; `timeout`: no answer ever; `status`: that
 * status instead of the work; `apply_then_drop`: the work is done, but the answer is lost; `slow`:
 * the work is done after `delayMs`.
 */
export const SANDBOX_FAULT_KINDS = [
  'down',
  'timeout',
  'status',
  'apply_then_drop',
  'slow',
] as const;
export type SandboxFaultKind = (typeof SANDBOX_FAULT_KINDS)[number];

export interface SandboxFault {
  readonly kind: SandboxFaultKind;
  /** Calls that it befalls. */
  readonly times: number;
  /** Unset: whichever call comes. */
  readonly operation?: string;
  readonly status?: number;
  readonly message?: string;
  /** The whole reply of a `status` fault; an error with `message` when unset. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

const MAX_FAULTS = 100;

/** Faults in the order of their request; each is used up by the calls that it befalls. */
export class SandboxFaults {
  private pending: SandboxFault[] = [];

  add(fault: SandboxFault): void {
    this.pending = [...this.pending, fault].slice(-MAX_FAULTS);
  }

  clear(): void {
    this.pending = [];
  }

  take(operation: string): SandboxFault | undefined {
    const at = this.pending.findIndex(
      (fault) => fault.operation === undefined || fault.operation === operation,
    );
    const fault = this.pending[at];
    if (fault === undefined) return undefined;
    const left = { ...fault, times: fault.times - 1 };
    this.pending.splice(at, 1, ...(left.times > 0 ? [left] : []));
    return fault;
  }
}

/** Undefined when the description is none. */
export function readFault(body: LooseRecord): SandboxFault | undefined {
  const kind = SANDBOX_FAULT_KINDS.find((known) => known === body.kind);
  const { times = 1 } = body;
  if (kind === undefined || typeof times !== 'number' || times < 1) return undefined;
  return { kind, times, ...readWhere(body), ...readAnswer(body) };
}

function readWhere({ operation, delayMs }: LooseRecord): Partial<SandboxFault> {
  return {
    ...(typeof operation === 'string' ? { operation } : {}),
    ...(typeof delayMs === 'number' && delayMs >= 0 ? { delayMs } : {}),
  };
}

function readAnswer({ status, message, body, headers }: LooseRecord): Partial<SandboxFault> {
  const named = Object.entries(asRecord(headers)).map(([name, value]) => [name, String(value)]);
  return {
    ...(isHttpStatus(status) ? { status } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(body === undefined ? {} : { body }),
    ...(named.length > 0 ? { headers: Object.fromEntries(named) } : {}),
  };
}

function isHttpStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}
