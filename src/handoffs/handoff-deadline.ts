import { addBusinessTime } from './business-time.js';
import type { RiskLevel } from './handoff.js';
import type { HandoffOptions } from './handoff-options.js';

/** When somebody must have taken a lead that is handed over at `openedAt`. */
export function handoffDeadline(
  riskLevel: RiskLevel,
  openedAt: Date,
  { deadlineMinutes, businessHours, timezone }: HandoffOptions,
): Date {
  return addBusinessTime(openedAt, deadlineMinutes[riskLevel], businessHours, timezone);
}
