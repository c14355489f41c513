import { jaroWinkler } from '@skyra/jaro-winkler';

/** The known name that is spelt most like this one. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let likeness = 0;
  for (const candidate of known) {
    const candidateLikeness = jaroWinkler(name, candidate);
    if (candidateLikeness <= likeness) continue;
    nearest = candidate;
    likeness = candidateLikeness;
  }
  return nearest;
}
