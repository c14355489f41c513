import { Module, type OnModuleInit } from '@nestjs/common';
import { EffectRegistry } from '../effects/effect-registry.js';
import { EffectsModule } from '../effects/effects.module.js';
import { ApiKeysModule } from '../http/api-keys/api-keys.module.js';
import { ExperimentCatalogue } from './experiment-catalogue.js';
import { ExperimentsController } from './experiments.controller.js';
import { ExposureRecordsRepository } from './exposures/exposure-records.repository.js';
import { ExposureRepository } from './exposures/exposure.repository.js';
import { Exposures } from './exposures/exposures.service.js';
import { ExperimentListReadModel } from './list/experiment-list.read-model.js';
import { ExperimentPlanRepository } from './plans/experiment-plan.repository.js';
import { ExperimentPlans } from './plans/experiment-plans.service.js';
import { PlanDesk } from './plans/plan-desk.service.js';
import { ExperimentReportReadModel } from './report/experiment-report.read-model.js';
import { ExperimentReports } from './report/experiment-reports.service.js';

/** Who received which variant, recorded with the effects that show them, and what came of it. */
@Module({
  imports: [ApiKeysModule, EffectsModule],
  controllers: [ExperimentsController],
  providers: [
    ExperimentCatalogue,
    ExperimentListReadModel,
    ExperimentPlanRepository,
    ExperimentPlans,
    ExperimentReportReadModel,
    ExperimentReports,
    ExposureRecordsRepository,
    ExposureRepository,
    Exposures,
    PlanDesk,
  ],
  exports: [ExposureRecordsRepository],
})
export class ExperimentsModule implements OnModuleInit {
  constructor(
    private readonly effects: EffectRegistry,
    private readonly exposures: Exposures,
  ) {}

  onModuleInit(): void {
    this.effects.addRecorder(this.exposures);
  }
}
