import type { EnvironmentReader } from './environment-reader.js';

/** The baseline of the rollout, as the environment sets it. */
export interface GrowthConfiguration {
  /** By feature key. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly canaryModeEnabled: boolean;
  /** As written by the operator. */
  readonly canarySource: string;
  readonly leadSourceWritebackEnabled: boolean;
  readonly conversionFeedbackWritebackEnabled: boolean;
  /** Variables that are set under our prefix: flags of features added later, or misspelt. */
  readonly undocumented: readonly string[];
}

const PREFIX = 'FF_GROWTH_';

export function readGrowthConfiguration(reader: EnvironmentReader): GrowthConfiguration {
  const undocumented = reader.undocumented(PREFIX);
  return {
    flags: {
      ...furtherFlags(reader, undocumented),
      lead_source_attribution: reader.flag('FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED'),
      adaptive_followup_timing: reader.flag('FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED'),
      ab_response_style_testing: reader.flag('FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED'),
      sla_handoff_thresholds: reader.flag('FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED'),
      llm_reading: reader.flag('FF_GROWTH_LLM_READING_ENABLED'),
    },
    canaryModeEnabled: reader.flag('FF_GROWTH_CANARY_MODE_ENABLED'),
    canarySource: reader.text('FF_GROWTH_CANARY_SOURCE') ?? '',
    leadSourceWritebackEnabled: reader.flag('FF_GROWTH_LEAD_SOURCE_WRITEBACK_ENABLED'),
    conversionFeedbackWritebackEnabled: reader.flag(
      'FF_GROWTH_CONVERSION_FEEDBACK_WRITEBACK_ENABLED',
    ),
    undocumented,
  };
}

/** A feature added later has its flag under the same form of name, without a line here. */
function furtherFlags(
  reader: EnvironmentReader,
  undocumented: readonly string[],
): Record<string, boolean> {
  const flags: Record<string, boolean> = {};
  for (const variable of undocumented) {
    const key = /^FF_GROWTH_([A-Z0-9_]+)_ENABLED$/.exec(variable)?.[1];
    if (key !== undefined) flags[key.toLowerCase()] = reader.flagOf(variable);
  }
  return flags;
}
