/** `growth_rollout` of `GET /metrics`: the rollout that this process acts on. */
export interface GrowthRollout {
  readonly version: number;
  /** ISO time of the last change; for the environment's baseline the start of the process. */
  readonly last_updated: string;
  readonly canary_mode_enabled: boolean;
  /** Comma list as configured; empty when none is. */
  readonly canary_source: string;
  /** By growth feature. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly writeback_toggles: {
    readonly lead_source: boolean;
    readonly conversion_feedback: boolean;
  };
}

/** What health and metrics need to know of the rollout; adapted to the rollout service. Also the injection token. */
export abstract class RolloutReader {
  /** From memory. */
  abstract read(): GrowthRollout;
}
