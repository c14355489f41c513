import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminWrite } from '../../http/admin/admin-route.js';
import { PageQuery } from '../../http/admin/page.js';
import { ProblemException, type ProblemFieldError } from '../../http/problem.exception.js';
import { statusKey } from '../../growth/outcomes/status-words.js';
import { isStatusKey } from '../read-change.js';
import {
  ALL_LOCATIONS,
  OutcomeMappingRepository,
  type OutcomeMappingChange,
} from './outcome-mapping.repository.js';
import { OutcomeMappings } from './outcome-mappings.js';
import {
  OutcomeMappingPageDto,
  PutOutcomeMappingsRequest,
  UnmappedStatusQuery,
  UnmappedStatusPageDto,
} from './outcome-mappings.dto.js';

@ApiTags('outcomes')
@Controller('admin/outcome-mappings')
export class OutcomeMappingsController {
  constructor(
    private readonly mappings: OutcomeMappings,
    private readonly stored: OutcomeMappingRepository,
  ) {}

  @Get()
  @AdminList(OutcomeMappingPageDto)
  @ApiOperation({ summary: 'What the statuses of the CRM mean, as mapped by an operator' })
  list(@Query() query: PageQuery): Promise<OutcomeMappingPageDto> {
    return this.stored.listPage(query);
  }

  @Put()
  @AdminWrite()
  @ApiOperation({ summary: 'Says what statuses mean; in force in every replica within moments' })
  @ApiOkResponse({
    type: OutcomeMappingPageDto,
    description: 'All mappings, afterwards, on one page.',
  })
  @ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
  async put(@Body() request: PutOutcomeMappingsRequest): Promise<OutcomeMappingPageDto> {
    await this.mappings.change(readChanges(request));
    return this.stored.listWhole();
  }

  @Get('unmapped')
  @AdminList(UnmappedStatusPageDto)
  @ApiOperation({ summary: 'Statuses that were seen and not understood, the latest first' })
  listUnmapped(@Query() query: UnmappedStatusQuery): Promise<UnmappedStatusPageDto> {
    return this.stored.listUnmapped(query);
  }
}

/** @throws {ProblemException} 400 for what a DTO cannot tell of itself */
function readChanges({ mappings }: PutOutcomeMappingsRequest): readonly OutcomeMappingChange[] {
  const changes = mappings.map(({ status, outcome, location_id }) => ({
    locationId: location_id ?? ALL_LOCATIONS,
    statusKey: statusKey(status),
    outcome,
  }));
  const errors = findFaults(changes);
  if (errors.length > 0) throw new ProblemException(400, 'Validation failed', { errors });
  return changes;
}

/** A status without letters or digits names nothing, and one named twice contradicts itself. */
function findFaults(changes: readonly OutcomeMappingChange[]): readonly ProblemFieldError[] {
  const named = new Set<string>();
  return changes.flatMap(({ locationId, statusKey: key }, index) => {
    const field = `mappings.${index}.status`;
    if (!isStatusKey(key)) {
      return [{ field, message: 'status must have letters or digits, and not too many' }];
    }
    const name = JSON.stringify([locationId, key]);
    if (named.has(name)) return [{ field, message: 'status is mapped twice in this request' }];
    named.add(name);
    return [];
  });
}
