import { readConfiguration } from '../../../../src/config/configuration.js';
import {
  FLAG_OFF,
  type Rollout,
  rolloutFromEnvironment,
  RolloutService,
} from '../../../../src/growth/rollout/rollout.js';
import type { TestApp } from '../../../support/test-app.js';

/** Every feature for everybody, and both writebacks, as the environment says it. */
export const EVERYTHING_ON = {
  FF_GROWTH_LEAD_SOURCE_ATTRIBUTION_ENABLED: 'true',
  FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED: 'true',
  FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true',
  FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
  FF_GROWTH_LLM_READING_ENABLED: 'true',
  FF_GROWTH_LEAD_SOURCE_WRITEBACK_ENABLED: 'true',
  FF_GROWTH_CONVERSION_FEEDBACK_WRITEBACK_ENABLED: 'true',
};

/** Puts in force what these variables would have at a start: one application can then play many. */
export function putEnvironmentInForce(
  testApp: Pick<TestApp, 'app'>,
  environment: Readonly<Record<string, string>>,
): void {
  const { growth } = readConfiguration(environment);
  putInForce(testApp, ({ settings }) => ({
    ...rolloutFromEnvironment(growth, new Date()),
    settings,
  }));
}

/** Switches a feature on that has no variable: one that this build does not know. */
export function switchOn(testApp: Pick<TestApp, 'app'>, featureKey: string): void {
  putInForce(testApp, (current) => ({
    ...current,
    flags: { ...current.flags, [featureKey]: { ...FLAG_OFF, enabled: true } },
  }));
}

function putInForce({ app }: Pick<TestApp, 'app'>, change: (current: Rollout) => Rollout): void {
  const rollouts = app.get(RolloutService);
  const current = rollouts.current();
  const isTaken = rollouts.replace({ ...change(current), version: current.version + 1 });
  if (!isTaken) throw new Error('A newer rollout is in force');
}
