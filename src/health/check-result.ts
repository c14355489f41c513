/**
 * up: works. degraded: leads are still taken, but somebody should look. down: leads cannot be taken.
 * Details are for anybody who may call `/health`: no addresses, no exception text.
 */
export const CHECK_STATUSES = ['up', 'degraded', 'down'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export type CheckDetails = Readonly<Record<string, string | number | boolean | null>>;

export type CheckResult = { readonly status: CheckStatus } & CheckDetails;

export function up(details: CheckDetails = {}): CheckResult {
  return { ...details, status: 'up' };
}

export function degraded(reason: string, details: CheckDetails = {}): CheckResult {
  return { ...details, status: 'degraded', reason };
}

export function down(reason: string, details: CheckDetails = {}): CheckResult {
  return { ...details, status: 'down', reason };
}

export const HEALTH_STATUSES = ['healthy', 'degraded', 'unhealthy'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** The worst check decides. */
export function overallStatus(results: readonly CheckResult[]): HealthStatus {
  if (results.some(({ status }) => status === 'down')) return 'unhealthy';
  return results.some(({ status }) => status === 'degraded') ? 'degraded' : 'healthy';
}
