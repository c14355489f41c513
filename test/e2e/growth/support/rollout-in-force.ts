import { readConfiguration } from '../../../../src/config/configuration.js';
import {
  FLAG_OFF,
  type Rollout,
  rolloutFromEnvironment,
  RolloutService,
} from '../../../../src/growth/rollout/rollout.js';
import type { TestApp } from '../../../support/test-app.js';

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
