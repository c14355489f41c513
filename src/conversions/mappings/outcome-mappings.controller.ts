import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminWrite } from '../../http/admin/admin-route.js';
import { PageQuery } from '../../http/admin/page.js';
import { OutcomeMappingService } from './outcome-mapping.service.js';
import {
  OutcomeMappingPageDto,
  PutOutcomeMappingsRequest,
  UnmappedStatusQuery,
  UnmappedStatusPageDto,
} from './outcome-mappings.dto.js';
import { UnmappedStatusReadModel } from './unmapped-status.read-model.js';

@ApiTags('outcomes')
@Controller('admin/outcome-mappings')
export class OutcomeMappingsController {
  constructor(
    private readonly mappings: OutcomeMappingService,
    private readonly unmapped: UnmappedStatusReadModel,
  ) {}

  @Get()
  @AdminList(OutcomeMappingPageDto)
  @ApiOperation({ summary: 'What the statuses of the CRM mean, as mapped by an operator' })
  list(@Query() query: PageQuery): Promise<OutcomeMappingPageDto> {
    return this.mappings.listPage(query);
  }

  @Put()
  @AdminWrite()
  @ApiOperation({ summary: 'Says what statuses mean; in force in every replica within moments' })
  @ApiOkResponse({
    type: OutcomeMappingPageDto,
    description: 'All mappings, afterwards, on one page.',
  })
  @ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
  put(@Body() request: PutOutcomeMappingsRequest): Promise<OutcomeMappingPageDto> {
    return this.mappings.put(request);
  }

  @Get('unmapped')
  @AdminList(UnmappedStatusPageDto)
  @ApiOperation({ summary: 'Statuses that were seen and not understood, the latest first' })
  listUnmapped(@Query() query: UnmappedStatusQuery): Promise<UnmappedStatusPageDto> {
    return this.unmapped.listPage(query);
  }
}
