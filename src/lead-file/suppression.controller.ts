import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminWrite } from '../http/admin/admin-route.js';
import { LeadParams } from './lead.dto.js';
import { SuppressionDto, SuppressionRequest } from './suppression.dto.js';
import { SuppressionService } from './suppression.service.js';

@ApiTags('leads')
@Controller('admin/leads/:location/:contact/suppression')
export class SuppressionController {
  constructor(private readonly suppression: SuppressionService) {}

  @Post()
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({
    summary: 'Sets or lifts what a lead refuses',
    description:
      'Written to the journal with the reason, for every contact of the location with the same number or address, and to the do-not-disturb of the CRM. Ends the wait for a message that may be a refusal.',
  })
  @ApiOkResponse({ type: SuppressionDto })
  @ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
  @ApiResponse({ status: 404, description: 'No such lead.' })
  change(@Param() lead: LeadParams, @Body() request: SuppressionRequest): Promise<SuppressionDto> {
    return this.suppression.change({ locationId: lead.location, contactId: lead.contact }, request);
  }
}
