import { Controller, Get, Header, HttpStatus, Res, UseInterceptors } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { TelemetryInterceptor } from '../telemetry/telemetry.interceptor.js';
import { HealthDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { HealthService } from './health.service.js';

/** Open to everybody: the documents hold states and counts, nothing of leads, addresses or errors. */
@ApiTags('health')
@Controller('health')
@UseInterceptors(TelemetryInterceptor)
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'State of the service and of what it depends on' })
  @ApiOkResponse({ type: HealthDto, description: 'Healthy, or degraded: leads are taken.' })
  @ApiServiceUnavailableResponse({
    type: HealthDto,
    description: 'Unhealthy: leads cannot be taken.',
  })
  async report(@Res({ passthrough: true }) response: Response): Promise<HealthDto> {
    return withStatus(response, await this.health.report(), ({ status }) => status !== 'unhealthy');
  }

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process answers at all; asks nothing else' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether this process wants traffic' })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({
    type: ReadinessDto,
    description: 'Starting, shutting down, or without database.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessDto> {
    return withStatus(
      response,
      await this.health.readinessReport(),
      ({ status }) => status === 'ready',
    );
  }
}

/** The document is the answer in both cases; the status code is for probes that read nothing else. */
function withStatus<T>(response: Response, document: T, isOk: (document: T) => boolean): T {
  response.status(isOk(document) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
  return document;
}
