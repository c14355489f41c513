import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminRead } from '../http/admin/admin-route.js';
import { PageQuery } from '../http/admin/page.js';
import { LeadAdminService } from './lead-admin.service.js';
import { DecisionPageDto, LeadDto, LeadParams } from './lead.dto.js';

@ApiTags('leads')
@Controller('admin/leads/:location/:contact')
@ApiResponse({ status: 404, description: 'No such lead.' })
export class LeadsController {
  constructor(private readonly leads: LeadAdminService) {}

  @Get()
  @AdminRead()
  @ApiOperation({ summary: 'Shows what is known of a lead, and what was and will be done for it' })
  @ApiOkResponse({ type: LeadDto })
  get(@Param() lead: LeadParams): Promise<LeadDto> {
    return this.leads.getLead(lead);
  }

  @Get('decisions')
  @AdminList(DecisionPageDto)
  @ApiOperation({
    summary: 'Shows why a lead was treated as it was',
    description: 'Each decision as it was stored with the effects that came of it.',
  })
  listDecisions(@Param() lead: LeadParams, @Query() query: PageQuery): Promise<DecisionPageDto> {
    return this.leads.listDecisions(lead, query);
  }
}
