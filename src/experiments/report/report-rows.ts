import type { Metric } from '../metrics.js';

/** Leads counted once each, and of these the ones with each outcome inside the attribution window. */
export interface LeadCounts extends Readonly<Record<Metric, number>> {
  readonly exposures: number;
  /** Of the exposures, those whose attribution window had closed at the last midnight (UTC). */
  readonly matured: number;
  readonly handoffsOpened: number;
  readonly handoffsAcknowledged: number;
  readonly handoffsBreached: number;
}

/** One kind of lead in one variant. */
export interface ReportCell extends LeadCounts {
  readonly variant: string;
  readonly segment: string;
  readonly source: string;
  /** Rollout version: a changed allocation starts a new one. */
  readonly epoch: number;
}

/** How long hot leads waited for a person, ascending. */
export interface HandoffWaits {
  readonly variant: string;
  readonly segment: string;
  readonly source: string;
  readonly seconds: readonly number[];
}

/** What happened to one variant on one day (UTC). */
export interface DailyCounts {
  readonly day: string;
  readonly variant: string;
  readonly exposures: number;
  readonly guardrailEvents: number;
  /** Windows that closed on this day, and of these the leads with the primary metric's outcome. */
  readonly matured: number;
  readonly primaryEvents: number;
}

export interface SourceCount {
  readonly source: string;
  readonly variant: string;
  readonly exposures: number;
}

/** Everything a report is made of. */
export interface ReportRows {
  /** Of the time asked for. */
  readonly cells: readonly ReportCell[];
  readonly waits: readonly HandoffWaits[];
  /** Of the whole experiment: the verdict rests on these. Oldest day first. */
  readonly days: readonly DailyCounts[];
  readonly sources: readonly SourceCount[];
}

const NOTHING: LeadCounts = {
  exposures: 0,
  matured: 0,
  reply: 0,
  appointment_booked: 0,
  converted: 0,
  opted_out: 0,
  handoffsOpened: 0,
  handoffsAcknowledged: 0,
  handoffsBreached: 0,
};

const COUNT_KEYS = Object.keys(NOTHING) as readonly (keyof LeadCounts)[];

export function sumCounts(counts: readonly LeadCounts[]): LeadCounts {
  return counts.reduce(
    (sum, one) =>
      Object.fromEntries(
        COUNT_KEYS.map((key) => [key, sum[key] + one[key]]),
      ) as unknown as LeadCounts,
    NOTHING,
  );
}
