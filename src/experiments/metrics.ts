/** What an experiment is judged by. Each is the kind of milestone that counts, once per contact. */
export const METRICS = ['reply', 'appointment_booked', 'converted', 'opted_out'] as const;
export type Metric = (typeof METRICS)[number];

export function isMetric(name: string): name is Metric {
  return METRICS.some((metric) => metric === name);
}
