import { Injectable } from '@nestjs/common';
import { GrowthGateService } from '../growth-gate.service.js';
import { RolloutService } from './rollout.js';
import { RolloutReader, type GrowthRollout } from './rollout-reader.js';

/** The rollout in force, in the words of `GET /metrics`. */
@Injectable()
export class RolloutServiceReader extends RolloutReader {
  constructor(
    private readonly rollouts: RolloutService,
    private readonly gate: GrowthGateService,
  ) {
    super();
  }

  override read(): GrowthRollout {
    const rollout = this.rollouts.current();
    const features = this.gate.listFeatures(rollout);
    return {
      version: rollout.version,
      last_updated: rollout.lastUpdated,
      canary_mode_enabled: rollout.canaryModeEnabled,
      canary_source: rollout.canarySourceText,
      flags: Object.fromEntries(
        features.map(({ key, flag }) => [key, flag.enabled && !flag.killed]),
      ),
      writeback_toggles: rollout.writebackToggles,
    };
  }
}
