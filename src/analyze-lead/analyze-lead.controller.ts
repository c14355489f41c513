import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../http/api-keys/api-key.guard.js';
import { TelemetryInterceptor } from '../telemetry/telemetry.interceptor.js';
import { LeadAnalysisDto, AnalyzeLeadRequest } from './analyze-lead.dto.js';
import { AnalyzeLeadService } from './analyze-lead.service.js';

@ApiTags('leads')
@ApiBearerAuth()
@Controller('analyze-lead')
@UseGuards(ApiKeyGuard)
@RequiresScope('leads')
@UseInterceptors(TelemetryInterceptor)
export class AnalyzeLeadController {
  constructor(private readonly leads: AnalyzeLeadService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Analyses a message without any consequence' })
  @ApiOkResponse({ type: LeadAnalysisDto })
  @ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
  @ApiResponse({ status: 401, description: 'No API key.' })
  @ApiResponse({ status: 403, description: 'The key lacks the scope `leads`.' })
  analyze(@Body() request: AnalyzeLeadRequest): Promise<LeadAnalysisDto> {
    return this.leads.analyze(request);
  }
}
