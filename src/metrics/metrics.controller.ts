import { Controller, Get, Header, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
  ApiExtraModels,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { TelemetryInterceptor } from '../telemetry/telemetry.interceptor.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { preferredMetricsFormat } from './metrics-format.js';
import { MetricsDto } from './metrics.dto.js';
import { MetricsGuard } from './metrics.guard.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { renderMetricsText } from './metrics-text.js';
import { PerformanceDto } from './performance.dto.js';
import { PerformanceReadModel } from './performance.read-model.js';

const TEXT_EXAMPLE =
  '# HELP growthgate_requests_total Requests served\n# TYPE growthgate_requests_total counter\ngrowthgate_requests_total 5120\n';

@ApiTags('metrics')
@ApiBearerAuth()
@ApiUnauthorizedResponse({
  description: 'METRICS_TOKEN is set, and is not the bearer token of the request.',
})
@ApiForbiddenResponse({ description: 'In production, as long as METRICS_TOKEN is not set.' })
@ApiExtraModels(MetricsDto)
@Controller()
@UseGuards(MetricsGuard)
@UseInterceptors(TelemetryInterceptor)
export class MetricsController {
  constructor(
    private readonly metrics: MetricsReadModel,
    private readonly performance: PerformanceReadModel,
    private readonly telemetry: Telemetry,
  ) {}

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  @Header('Vary', 'Accept')
  @ApiOperation({ summary: 'All numbers, as JSON or as OpenMetrics text' })
  @ApiOkResponse({
    description: 'JSON, or text when `Accept` asks for it.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(MetricsDto) } },
      'application/openmetrics-text': {
        schema: { type: 'string', example: `${TEXT_EXAMPLE}# EOF\n` },
      },
      'text/plain': { schema: { type: 'string', example: TEXT_EXAMPLE } },
    },
  })
  async readMetrics(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MetricsDto | string> {
    const format = preferredMetricsFormat(request);
    const document = await this.metrics.read();
    if (format === 'json') return document;
    response.setHeader('Content-Type', format);
    return renderMetricsText(
      document,
      { probes: this.telemetry.probes(), modelCalls: this.telemetry.modelCalls() },
      format,
    );
  }

  @Get('performance')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'How well leads are answered, at a glance' })
  @ApiOkResponse({ type: PerformanceDto })
  readPerformance(): Promise<PerformanceDto> {
    return this.performance.read();
  }
}
