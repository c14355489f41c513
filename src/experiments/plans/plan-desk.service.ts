import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../http/problem.exception.js';
import type { ExperimentPlanDto, ExperimentPlanRequest } from './experiment-plan.dto.js';
import { ExperimentPlans } from './experiment-plans.service.js';
import { changeOf, planDto, requestFieldOf } from './plan-names.js';

/** Plans as the admin API asks for them: its names, its refusals. */
@Injectable()
export class PlanDesk {
  constructor(private readonly plans: ExperimentPlans) {}

  async read(experiment: string): Promise<ExperimentPlanDto> {
    const inForce = await this.plans.find(experiment);
    if (inForce === undefined) throw unknownExperiment();
    return planDto(inForce);
  }

  async replace(experiment: string, request: ExperimentPlanRequest): Promise<ExperimentPlanDto> {
    const replacement = await this.plans.replace(experiment, changeOf(request));
    switch (replacement.kind) {
      case 'replaced':
        return planDto(replacement.inForce);
      case 'unknown_experiment':
        throw unknownExperiment();
      case 'already_exposed':
        throw new ProblemException(
          409,
          'Leads have been exposed already, so the plan is fixed: a new plan is a new experiment',
        );
      case 'invalid': {
        const field = requestFieldOf(replacement.field);
        const errors = [{ field, message: `${field} ${replacement.message}` }];
        throw new ProblemException(400, 'Validation failed', { errors });
      }
    }
  }
}

function unknownExperiment(): ProblemException {
  return new ProblemException(404, 'Unknown experiment');
}
