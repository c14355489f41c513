import type { Request } from 'express';
import { Registry, type RegistryContentType } from 'prom-client';

export type MetricsFormat = 'json' | RegistryContentType;

const FORMAT_BY_RANGE: ReadonlyMap<string, MetricsFormat> = new Map<string, MetricsFormat>([
  ['application/openmetrics-text', Registry.OPENMETRICS_CONTENT_TYPE],
  ['text/plain', Registry.PROMETHEUS_CONTENT_TYPE],
  ['text/*', Registry.PROMETHEUS_CONTENT_TYPE],
  ['application/json', 'json'],
  ['application/*', 'json'],
  ['*/*', 'json'],
]);

/**
 * The format that the caller likes best of those we have; JSON when it likes none of them. The ranges
 * are taken without their parameters, best first: Prometheus asks for `;escaping=allow-utf-8` and for
 * several versions, and understands what it gets by its content type.
 */
export function preferredMetricsFormat(request: Pick<Request, 'accepts'>): MetricsFormat {
  for (const range of request.accepts()) {
    const format = FORMAT_BY_RANGE.get(range.toLowerCase());
    if (format !== undefined) return format;
  }
  return 'json';
}
