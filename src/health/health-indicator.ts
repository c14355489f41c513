import type { CheckResult } from './check-result.js';

/** One thing that is watched. Answers within its time limit and never throws. */
export interface HealthIndicator {
  check(): Promise<CheckResult>;
}
