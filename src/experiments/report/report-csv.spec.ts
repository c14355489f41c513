import { describe, expect, it } from '@jest/globals';
import { planExperiment } from '../statistics/experiment-plan.js';
import { buildReport } from './experiment-report.js';
import { reportCsv } from './report-csv.js';
import { sumCounts } from './report-rows.js';

const PLAN = planExperiment({
  key: 'ab_response_style_testing',
  primaryMetric: 'appointment_booked',
  baselineRate: 0.1,
  minimumLift: 0.1,
  guardrail: { metric: 'opted_out' },
});

function csvOfSource(source: string): string {
  const cell = {
    ...sumCounts([]),
    exposures: 1,
    variant: 'A',
    segment: 'standard',
    source,
    epoch: 0,
  };
  const report = buildReport(
    { plan: PLAN, startedAt: null, fixed: true },
    { cells: [cell], waits: [], days: [], sources: [] },
    { period: { from: null, to: null }, by: 'source', now: new Date(0) },
  );
  return reportCsv(report);
}

/** The field of the source in the first row, as written. */
function written(source: string): string | undefined {
  return /^[^,]*,all,((?:"(?:[^"]|"")*"|[^",]*)),A,/m.exec(csvOfSource(source).slice(10))?.[1];
}

describe('reportCsv', () => {
  it.each([
    ['zillow', 'zillow'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded ', '" padded "'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['\t=1', "'\t=1"],
    ['a=1', 'a=1'],
    ['größe 用户', 'größe 用户'],
  ])('writes %j as %j', (source, field) => {
    expect(written(source)).toBe(field);
  });

  it('ends every line with CR LF and leaves unknown numbers empty', () => {
    const csv = csvOfSource('zillow');
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});
