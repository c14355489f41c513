/**
 * Whose turn it is. The turn is the handoff's own number, drawn from a counter that all replicas
 * share: strict rotation without a row to wait for.
 *
 * @returns null when nobody is configured: the contact's owner takes it
 */
export function userInTurn(userIds: readonly string[], turn: number): string | null {
  return userIds[turn % userIds.length] ?? null;
}

/** Who comes after the one who did not come; null when there is nobody else. */
export function nextUser(userIds: readonly string[], current: string | null): string | null {
  const position = current === null ? -1 : userIds.indexOf(current);
  const next = userIds[(position + 1) % userIds.length] ?? null;
  return next === current ? null : next;
}
