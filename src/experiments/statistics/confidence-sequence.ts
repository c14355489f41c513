import {
  assertProportion,
  rateOf,
  unpooledVariance,
  type Interval,
  type Proportion,
} from './proportion.js';

/**
 * Always-valid intervals: whoever looks every day, or at every lead, is misled by them no more often
 * than alpha in the whole life of the experiment. The price is width; a winner is therefore declared
 * by the group-sequential test, and these serve between its looks and for the guardrail.
 *
 * Asymptotic confidence sequences of I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and
 * A. Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences",
 * arXiv 2103.06476 (version 7): two-sided equations 9, 155 and 161, one-sided equation 134.
 */

/** Leads at which the sequence is tightest; the default of GrowthBook's engine. */
export const DEFAULT_TIGHTEST_AT_LEADS = 5000;

export interface SequenceSettings {
  readonly alpha: number;
  readonly tightestAtLeads: number;
}

const DEFAULT_SETTINGS: SequenceSettings = {
  alpha: 0.05,
  tightestAtLeads: DEFAULT_TIGHTEST_AT_LEADS,
};

export interface AlwaysValidInterval {
  /** Treatment rate minus control rate. */
  readonly difference: number;
  readonly halfWidth: number;
  readonly interval: Interval;
  /** Evidence against "no difference"; by Ville's inequality above 1/alpha in at most alpha of all experiments. */
  readonly eValue: number;
  readonly pValue: number;
}

/** The mixture's scale ρ that makes the interval narrowest at the wished number of leads (eq. 161). */
export function sequenceScale({ alpha, tightestAtLeads }: SequenceSettings): number {
  const logTerm = -2 * Math.log(alpha);
  return Math.sqrt((logTerm + Math.log(logTerm + 1)) / tightestAtLeads);
}

interface SequenceState {
  readonly difference: number;
  readonly standardError: number;
  readonly leads: number;
  /** N ρ² + 1. */
  readonly growth: number;
}

/** Null while the variance cannot be estimated: an empty arm, or no arm with both a yes and a no. */
function sequenceState(
  control: Proportion,
  treatment: Proportion,
  scale: number,
): SequenceState | null {
  assertProportion(control);
  assertProportion(treatment);
  if (control.trials === 0 || treatment.trials === 0) {
    return null;
  }
  const variance = unpooledVariance(control, treatment);
  if (variance === 0) {
    return null;
  }
  const leads = control.trials + treatment.trials;
  return {
    difference: rateOf(treatment) - rateOf(control),
    standardError: Math.sqrt(variance),
    leads,
    growth: leads * scale * scale + 1,
  };
}

/** Half-width in units of the standard error, given the logarithm that carries alpha. */
function radius({ growth }: SequenceState, logTerm: number): number {
  return Math.sqrt(((2 * growth) / (growth - 1)) * logTerm);
}

/** Two-sided, for the difference of two rates. Null while the data do not allow a variance. */
export function alwaysValidInterval(
  control: Proportion,
  treatment: Proportion,
  settings: SequenceSettings = DEFAULT_SETTINGS,
): AlwaysValidInterval | null {
  const state = sequenceState(control, treatment, sequenceScale(settings));
  if (state === null) {
    return null;
  }
  const { difference, standardError, growth } = state;
  const halfWidth =
    standardError * radius(state, 0.5 * Math.log(growth) - Math.log(settings.alpha));
  const zSquared = (difference / standardError) ** 2;
  const eValue = Math.exp((zSquared * (growth - 1)) / (2 * growth)) / Math.sqrt(growth);
  return {
    difference,
    halfWidth,
    interval: { low: difference - halfWidth, high: difference + halfWidth },
    eValue,
    pValue: Math.min(1, 1 / eValue),
  };
}

/**
 * One-sided: treatment exceeds control by at least this, at confidence 1 - alpha, whenever asked.
 * Null while the data do not allow a variance.
 */
export function alwaysValidLowerBound(
  control: Proportion,
  treatment: Proportion,
  settings: SequenceSettings,
): number | null {
  // Only one tail can err, so the scale is tuned for the two-sided sequence of twice the alpha.
  const scale = sequenceScale({ ...settings, alpha: Math.min(0.5, 2 * settings.alpha) });
  const state = sequenceState(control, treatment, scale);
  if (state === null) {
    return null;
  }
  const logTerm = Math.log1p(Math.sqrt(state.growth) / (2 * settings.alpha));
  return state.difference - state.standardError * radius(state, logTerm);
}
