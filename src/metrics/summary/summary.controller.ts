import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminRead } from '../../http/admin/admin-route.js';
import { SummaryDto } from './summary.dto.js';
import { SummaryService } from './summary.service.js';

@ApiTags('summary')
@Controller('admin/summary')
@AdminRead()
export class SummaryController {
  constructor(private readonly summaries: SummaryService) {}

  @Get()
  @ApiOperation({ summary: 'Counts what needs an eye: actions and webhook requests by state' })
  @ApiOkResponse({ type: SummaryDto })
  get(): Promise<SummaryDto> {
    return this.summaries.summarise();
  }
}
