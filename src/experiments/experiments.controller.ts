import { Body, Controller, Get, Header, Param, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiExtraModels,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AdminList, AdminRead, AdminWrite } from '../http/admin/admin-route.js';
import { PageQuery } from '../http/admin/page.js';
import { ExperimentPageDto } from './list/experiment-list.dto.js';
import { ExperimentListReadModel } from './list/experiment-list.read-model.js';
import { ExperimentPlanDto, ExperimentPlanRequest } from './plans/experiment-plan.dto.js';
import { PlanDesk } from './plans/plan-desk.service.js';
import { ExperimentReports } from './report/experiment-reports.service.js';
import { presentReport, wantedFormat } from './report/report-format.js';
import { ReportQuery } from './report/report-query.dto.js';
import { ExperimentReportDto } from './report/report.dto.js';

const EXPERIMENT_PARAM = { name: 'experiment', example: 'ab_response_style_testing' };

@ApiTags('experiments')
@ApiExtraModels(ExperimentReportDto)
@Controller('admin/experiments')
export class ExperimentsController {
  constructor(
    private readonly list: ExperimentListReadModel,
    private readonly reports: ExperimentReports,
    private readonly plans: PlanDesk,
  ) {}

  @Get()
  @AdminList(ExperimentPageDto)
  @ApiOperation({ summary: 'Every experiment that runs, is planned or has reached a lead' })
  listExperiments(@Query() query: PageQuery): Promise<ExperimentPageDto> {
    return this.list.listPage(query);
  }

  @Get(':experiment/report')
  @AdminRead()
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
  @AdminRead()
  @ApiOperation({ summary: 'The decision rule' })
  @ApiParam(EXPERIMENT_PARAM)
  @ApiOkResponse({ type: ExperimentPlanDto })
  @ApiNotFoundResponse({ description: 'No such experiment.' })
  readPlan(@Param('experiment') experiment: string): Promise<ExperimentPlanDto> {
    return this.plans.read(experiment);
  }

  @Put(':experiment/plan')
  @AdminWrite()
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
