import { FLAG_OFF, type Rollout } from '../../growth/rollout/rollout.js';

/**
 * The rollout with some flags set otherwise. Kill switch, canary and ramp stay as they are: they
 * come before or after the flag, and the operator wants to see them at work.
 */
export function withAssumedFlags(
  rollout: Rollout,
  flags: Readonly<Record<string, boolean>>,
): Rollout {
  const assumed = Object.entries(flags).map(([key, enabled]) => {
    const flag = Object.hasOwn(rollout.flags, key) ? rollout.flags[key] : undefined;
    return [key, { ...FLAG_OFF, ...flag, enabled }] as const;
  });
  return { ...rollout, flags: { ...rollout.flags, ...Object.fromEntries(assumed) } };
}
