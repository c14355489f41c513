/**
 * The `code` of an error of Node or pg, or an empty string. Asks for the property and not for the
 * class: errors of Node's core are no instances of the `Error` that code inside a vm context sees.
 */
export function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : '';
}
