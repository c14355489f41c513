import { ENVIRONMENT } from '../config/environment.js';
import { nearestName } from '../config/nearest-name.js';
import type { GrowthFeature } from './growth-feature.js';
import { flagVariable } from './rollout/rollout.js';

/** Every variable that is read: the documented ones, and the flags of the features that there are. */
export function knownVariables(
  features: Iterable<Pick<GrowthFeature, 'key'>>,
): ReadonlySet<string> {
  return new Set([
    ...ENVIRONMENT.map(({ name }) => name),
    ...[...features].map(({ key }) => flagVariable(key)),
  ]);
}

/** A sentence for each name that nobody reads: a typing error would go unnoticed. */
export function unknownNames(names: readonly string[], known: ReadonlySet<string>): string[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return `${name} is no variable of this build${hint}`;
    });
}
