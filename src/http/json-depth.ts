/** No request of ours nests further than a few levels. */
export const MAX_JSON_DEPTH = 32;

/** Level by level rather than by recursion, which is what the answer protects against. */
export function isDeeplyNested(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < MAX_JSON_DEPTH; depth += 1) {
    level = level.filter(isContainer).flatMap((container) => Object.values(container));
    if (level.length === 0) return false;
  }
  return level.some(isContainer);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
