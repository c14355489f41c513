import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiExtraModels,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  ApiUnauthorizedResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiKeyGuard, RequiresScope } from '../http/api-keys/api-key.guard.js';
import { TelemetryInterceptor } from '../telemetry/telemetry.interceptor.js';
import { ExperimentListDto } from './list/experiment-list.dto.js';
import { ExperimentListReadModel } from './list/experiment-list.read-model.js';
import { ExperimentPlanDto, ExperimentPlanRequest } from './plans/experiment-plan.dto.js';
import { PlanDesk } from './plans/plan-desk.service.js';
import { ExperimentReports } from './report/experiment-reports.service.js';
import { presentReport, wantedFormat } from './report/report-format.js';
import { ReportQuery } from './report/report-query.dto.js';
import { ExperimentReportDto } from './report/report.dto.js';

const EXPERIMENT_PARAM = { name: 'experiment', example: 'ab_response_style_testing' };

@ApiTags('experiments')
@ApiBearerAuth()
@ApiUnauthorizedResponse({ description: 'No API key.' })
@ApiForbiddenResponse({ description: 'The key lacks the scope.' })
@ApiExtraModels(ExperimentReportDto)
@Controller('admin/experiments')
@UseGuards(ApiKeyGuard)
@RequiresScope('admin:read')
@UseInterceptors(TelemetryInterceptor)
export class ExperimentsController {
  constructor(
    private readonly list: ExperimentListReadModel,
    private readonly reports: ExperimentReports,
    private readonly plans: PlanDesk,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every experiment that runs, is planned or has reached a lead' })
  @ApiOkResponse({ type: ExperimentListDto })
  listExperiments(): Promise<ExperimentListDto> {
    return this.list.read();
  }

  @Get(':experiment/report')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'What the variants did, what that proves, and what to do' })
  @ApiParam(EXPERIMENT_PARAM)
  @ApiOkResponse({
    description: 'JSON, or CSV with one row per variant and group.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ExperimentReportDto) } },
      'text/csv': {
        schema: { type: 'string', example: 'experiment,segment,source,variant,role\r\n' },
      },
    },
  })
  @ApiBadRequestResponse({ description: 'Names the field at fault.' })
  @ApiNotFoundResponse({ description: 'No such experiment.' })
  async readReport(
    @Param('experiment') experiment: string,
    @Query() query: ReportQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExperimentReportDto | string> {
    return presentReport(
      await this.reports.read(experiment, query),
      wantedFormat(query, request),
      response,
    );
  }

  @Get(':experiment/plan')
  @ApiOperation({ summary: 'The decision rule' })
  @ApiParam(EXPERIMENT_PARAM)
  @ApiOkResponse({ type: ExperimentPlanDto })
  @ApiNotFoundResponse({ description: 'No such experiment.' })
  readPlan(@Param('experiment') experiment: string): Promise<ExperimentPlanDto> {
    return this.plans.read(experiment);
  }

  @Put(':experiment/plan')
  @RequiresScope('admin:write')
  @ApiOperation({ summary: 'Set the decision rule before the first lead is exposed' })
  @ApiParam(EXPERIMENT_PARAM)
  @ApiOkResponse({ type: ExperimentPlanDto })
  @ApiBadRequestResponse({ description: 'Names the field at fault.' })
  @ApiNotFoundResponse({ description: 'No such experiment.' })
  @ApiConflictResponse({ description: 'Leads have been exposed: the plan is fixed.' })
  replacePlan(
    @Param('experiment') experiment: string,
    @Body() request: ExperimentPlanRequest,
  ): Promise<ExperimentPlanDto> {
    return this.plans.replace(experiment, request);
  }
}
