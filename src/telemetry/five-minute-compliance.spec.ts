import { describe, expect, it } from '@jest/globals';
import { FiveMinuteCompliance, MAX_LISTED_VIOLATIONS } from './five-minute-compliance.js';

const NOW = new Date('2026-03-02T15:00:00.000Z');
const HOUR_MS = 3_600_000;

describe('FiveMinuteCompliance', () => {
  it('has no data at first', () => {
    expect(new FiveMinuteCompliance().snapshot(NOW)).toEqual({ status: 'no_data' });
  });

  it.each([
    [0, true],
    [299_999, true],
    [300_000, false],
    [-40, true],
  ])('an answer after %i ms is in time: %s', (elapsedMs, inTime) => {
    expect(new FiveMinuteCompliance().record(elapsedMs, NOW)).toBe(inTime);
  });

  it('tells the whole story of its answers', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(1_000, NOW);
    compliance.record(401_000, NOW);

    expect(compliance.snapshot(NOW)).toEqual({
      total_responses: 2,
      compliance_rate: 0.5,
      avg_response_time: 201_000,
      violations_count: 1,
      target_compliance: 0.99,
      status: 'needs_attention',
      last_24h_violations: [{ at: NOW.toISOString(), response_time_ms: 401_000 }],
    });
  });

  it.each([
    [99, 'compliant'],
    [98, 'needs_attention'],
  ])('with %i of 100 in time is %s', (inTime, status) => {
    const compliance = new FiveMinuteCompliance();
    for (let answer = 0; answer < 100; answer += 1)
      compliance.record(answer < inTime ? 1_000 : 300_000, NOW);

    expect(compliance.snapshot(NOW)).toMatchObject({ status });
  });

  it('counts a clock that runs ahead as an immediate answer', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(-60_000, NOW);

    expect(compliance.snapshot(NOW)).toMatchObject({ avg_response_time: 0, violations_count: 0 });
  });

  it('lists violations of the last 24 hours only, and counts all', () => {
    const compliance = new FiveMinuteCompliance();
    compliance.record(400_000, new Date(NOW.getTime() - 25 * HOUR_MS));
    compliance.record(500_000, new Date(NOW.getTime() - 23 * HOUR_MS));

    expect(compliance.snapshot(NOW)).toMatchObject({
      violations_count: 2,
      last_24h_violations: [{ response_time_ms: 500_000 }],
    });
  });

  it('lists the latest ones when there are too many', () => {
    const compliance = new FiveMinuteCompliance();
    for (let extra = 0; extra < MAX_LISTED_VIOLATIONS + 5; extra += 1)
      compliance.record(300_000 + extra, NOW);

    const snapshot = compliance.snapshot(NOW);

    if (snapshot.status === 'no_data') throw new Error('there is data');
    expect(snapshot.violations_count).toBe(MAX_LISTED_VIOLATIONS + 5);
    expect(snapshot.last_24h_violations).toHaveLength(MAX_LISTED_VIOLATIONS);
    expect(snapshot.last_24h_violations.at(-1)?.response_time_ms).toBe(
      300_000 + MAX_LISTED_VIOLATIONS + 4,
    );
  });
});
