import { Controller, Delete, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminErase, AdminList, AdminRead } from '../http/admin/admin-route.js';
import { PageQuery } from '../http/admin/page.js';
import type { LeadKey } from '../leads/lead-key.js';
import { LeadParams } from './lead.dto.js';
import { ErasureDto, PersonDocumentDto } from './person.dto.js';
import { Persons } from './persons.service.js';
import { TimelinePageDto } from './timeline/timeline.dto.js';
import { Timeline } from './timeline/timeline.service.js';

@ApiTags('leads')
@Controller('admin/leads/:location/:contact')
export class PersonsController {
  constructor(
    private readonly persons: Persons,
    private readonly timeline: Timeline,
  ) {}

  @Get('timeline')
  @AdminList(TimelinePageDto)
  @ApiOperation({
    summary: 'Tells what happened to a lead: messages, decisions and what came of them',
    description: 'Oldest first; what is planned stands at its due time.',
  })
  @ApiResponse({ status: 404, description: 'No such lead.' })
  listTimeline(@Param() lead: LeadParams, @Query() query: PageQuery): Promise<TimelinePageDto> {
    return this.timeline.list(keyOf(lead), query);
  }

  @Get('export')
  @AdminRead()
  @Header('Content-Disposition', 'attachment; filename="lead.json"')
  @ApiOperation({ summary: 'Hands out all that is held of a person, as one document' })
  @ApiOkResponse({ type: PersonDocumentDto })
  @ApiResponse({ status: 404, description: 'No such lead.' })
  exportPerson(@Param() lead: LeadParams): Promise<PersonDocumentDto> {
    return this.persons.exportOf(keyOf(lead));
  }

  @Delete()
  @AdminErase()
  @ApiOperation({
    summary: 'Erases a person everywhere',
    description:
      'Counts and the reports of experiments stay, under random ids; a refusal to be written to stays as a hash of the address. A webhook of what happened before does not bring the person back. Again, it finds nothing.',
  })
  @ApiOkResponse({ type: ErasureDto })
  erase(@Param() lead: LeadParams): Promise<ErasureDto> {
    return this.persons.erase(keyOf(lead));
  }
}

function keyOf({ location, contact }: LeadParams): LeadKey {
  return { locationId: location, contactId: contact };
}
