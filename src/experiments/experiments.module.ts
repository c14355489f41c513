import { Global, Module } from '@nestjs/common';
import { ExperimentCatalogue } from './experiment-catalogue.js';
import { ExperimentsController } from './experiments.controller.js';
import { ExposureRepository } from './exposures/exposure.repository.js';
import { Exposures } from './exposures/exposures.service.js';
import { ExperimentListReadModel } from './list/experiment-list.read-model.js';
import { ExperimentPlanRepository } from './plans/experiment-plan.repository.js';
import { ExperimentPlans } from './plans/experiment-plans.service.js';
import { PlanDesk } from './plans/plan-desk.service.js';
import { ExperimentReportReadModel } from './report/experiment-report.read-model.js';
import { ExperimentReports } from './report/experiment-reports.service.js';

/** Global: the effects' worker records exposures. */
@Global()
@Module({
  controllers: [ExperimentsController],
  providers: [
    ExperimentCatalogue,
    ExperimentListReadModel,
    ExperimentPlanRepository,
    ExperimentPlans,
    ExperimentReportReadModel,
    ExperimentReports,
    ExposureRepository,
    Exposures,
    PlanDesk,
  ],
  exports: [Exposures],
})
export class ExperimentsModule {}
