import type { Request, Response } from 'express';
import { reportCsv } from './report-csv.js';
import type { ExperimentReportDto } from './report.dto.js';
import type { ReportFormat, ReportQuery } from './report-query.dto.js';

/** `format` outweighs `Accept`; JSON for a caller that likes both or neither. */
export function wantedFormat(
  { format }: Pick<ReportQuery, 'format'>,
  request: Pick<Request, 'accepts'>,
): ReportFormat {
  return (
    format ?? (request.accepts(['application/json', 'text/csv']) === 'text/csv' ? 'csv' : 'json')
  );
}

/** The body in the format asked for, with the headers that go with it. */
export function presentReport(
  report: ExperimentReportDto,
  format: ReportFormat,
  response: Pick<Response, 'setHeader'>,
): ExperimentReportDto | string {
  response.setHeader('Vary', 'Accept');
  if (format === 'json') return report;
  response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${report.experiment}-report.csv"`,
  );
  return reportCsv(report);
}
