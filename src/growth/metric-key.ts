/** The key of an empty value in counters and reports. */
export const UNKNOWN_KEY = 'unknown';

const NOT_ALPHANUMERIC = /[^a-z0-9]/g;

/**
 * Turns free text into the name of a counter. Only `a-z` and `0-9` survive, so that no source can
 * break out of a metric's name; what has neither reports as `unknown`.
 */
export function metricKey(value: string): string {
  const key = value.trim().toLowerCase().replace(NOT_ALPHANUMERIC, '_');
  return withoutOuterUnderscores(key) || UNKNOWN_KEY;
}

/** A source as it is reported: none is `unknown`. */
export function reportedSource(source: string): string {
  return source.trim().toLowerCase() || UNKNOWN_KEY;
}

/** A loop, because a regular expression for the end takes quadratic time on long inner runs. */
function withoutOuterUnderscores(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '_') start += 1;
  while (end > start && text[end - 1] === '_') end -= 1;
  return text.slice(start, end);
}

/**
 * By what canary sources are compared: the metric key, except that sources without a letter or digit
 * of its alphabet, which would all be `unknown`, keep their own text. Fails closed.
 */
export function sourceKey(source: string): string {
  const key = metricKey(source);
  return key === UNKNOWN_KEY ? source.trim().toLowerCase() : key;
}
