import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../http/problem.exception.js';
import { Clock } from '../../shared/clock.js';
import { ExperimentPlans } from '../plans/experiment-plans.service.js';
import { metricOf } from './decision.js';
import { ExperimentReportReadModel } from './experiment-report.read-model.js';
import { buildReport } from './experiment-report.js';
import { readPeriod, type ReportPeriod } from './report-period.js';
import type { ReportQuery } from './report-query.dto.js';
import type { ExperimentReportDto } from './report.dto.js';

@Injectable()
export class ExperimentReports {
  constructor(
    private readonly plans: ExperimentPlans,
    private readonly readModel: ExperimentReportReadModel,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemException 404 for an unknown experiment, 400 naming the date at fault */
  async read(experiment: string, query: ReportQuery): Promise<ExperimentReportDto> {
    const period = periodOf(query);
    const inForce = await this.plans.find(experiment);
    if (inForce === undefined) throw new ProblemException(404, 'Unknown experiment');
    const { plan } = inForce;
    const now = this.clock.now();
    const rows = await this.readModel.readRows({
      experiment,
      attributionWindowDays: plan.attributionWindowDays,
      primaryMetric: metricOf(plan.primaryMetric),
      guardrailMetric: metricOf(plan.guardrail.metric),
      ...period,
      now,
    });
    return buildReport(inForce, rows, { period, by: query.by ?? 'none', now });
  }
}

function periodOf(query: ReportQuery): ReportPeriod {
  const reading = readPeriod(query);
  if (reading.kind === 'period') return reading.period;
  const { field, message } = reading;
  throw new ProblemException(400, 'Validation failed', { errors: [{ field, message }] });
}
