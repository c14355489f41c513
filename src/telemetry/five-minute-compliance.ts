/** A lead is to be answered within five minutes of its message. */
const RESPONSE_LIMIT_MS = 300_000;
/** The share of answers that are to be in time. */
export const TARGET_COMPLIANCE = 0.99;
/** Violations listed; the count beside the list has no such limit. */
export const MAX_LISTED_VIOLATIONS = 100;
const DAY_MS = 86_400_000;

/** Says when and how late, never to whom: this is read by monitoring systems. */
export interface ComplianceViolation {
  readonly at: string;
  readonly response_time_ms: number;
}

export type ComplianceSnapshot =
  | { readonly status: 'no_data' }
  | {
      readonly total_responses: number;
      readonly compliance_rate: number;
      /** Milliseconds. */
      readonly avg_response_time: number;
      readonly violations_count: number;
      readonly target_compliance: number;
      readonly status: 'compliant' | 'needs_attention';
      readonly last_24h_violations: readonly ComplianceViolation[];
    };

/** What the reply says of an answer, and what is counted of it. */
export function isWithinFiveMinutes(elapsedMs: number): boolean {
  return elapsedMs < RESPONSE_LIMIT_MS;
}

/** How many leads were answered in time since the process started. */
export class FiveMinuteCompliance {
  private responses = 0;
  private violations = 0;
  private elapsedMsSum = 0;
  private readonly listed: ComplianceViolation[] = [];

  /** @returns whether the answer was in time */
  record(elapsedMs: number, at: Date): boolean {
    // A sender whose clock runs ahead of ours cannot be answered before it wrote.
    const responseTimeMs = Math.max(0, elapsedMs);
    this.responses += 1;
    this.elapsedMsSum += responseTimeMs;
    if (isWithinFiveMinutes(responseTimeMs)) return true;
    this.violations += 1;
    this.listed.push({ at: at.toISOString(), response_time_ms: responseTimeMs });
    if (this.listed.length > MAX_LISTED_VIOLATIONS) this.listed.shift();
    return false;
  }

  snapshot(now: Date): ComplianceSnapshot {
    if (this.responses === 0) return { status: 'no_data' };
    const complianceRate = 1 - this.violations / this.responses;
    const since = now.getTime() - DAY_MS;
    return {
      total_responses: this.responses,
      compliance_rate: complianceRate,
      avg_response_time: this.elapsedMsSum / this.responses,
      violations_count: this.violations,
      target_compliance: TARGET_COMPLIANCE,
      status: complianceRate >= TARGET_COMPLIANCE ? 'compliant' : 'needs_attention',
      last_24h_violations: this.listed.filter(({ at }) => Date.parse(at) > since),
    };
  }
}
