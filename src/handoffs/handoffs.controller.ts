import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminRead, AdminWrite } from '../http/admin/admin-route.js';
import { HandoffReadModel } from './handoff.read-model.js';
import {
  HandoffDto,
  HandoffPageDto,
  HandoffQuery,
  HandoffParams,
  HandoffStepRequest,
} from './handoffs.dto.js';
import { HandoffsService } from './handoffs.service.js';

@ApiTags('handoffs')
@ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
@Controller('admin/handoffs')
export class HandoffsController {
  constructor(
    private readonly handoffs: HandoffsService,
    private readonly stored: HandoffReadModel,
  ) {}

  @Get()
  @AdminList(HandoffPageDto)
  @ApiOperation({ summary: 'Leads passed to a person, newest first' })
  list(@Query() query: HandoffQuery): Promise<HandoffPageDto> {
    return this.stored.list(query);
  }

  @Get(':id')
  @AdminRead()
  @ApiOperation({ summary: 'One handoff' })
  @ApiOkResponse({ type: HandoffDto })
  @ApiResponse({ status: 404, description: 'There is none of this number.' })
  get(@Param() { id }: HandoffParams): Promise<HandoffDto> {
    return this.stored.get(id);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({ summary: 'A person takes the lead; again changes nothing' })
  @ApiOkResponse({ type: HandoffDto })
  @ApiResponse({ status: 404, description: 'There is none of this number.' })
  @ApiResponse({ status: 409, description: 'It is already resolved.' })
  acknowledge(
    @Param() { id }: HandoffParams,
    @Body() { by }: HandoffStepRequest,
  ): Promise<HandoffDto> {
    return this.handoffs.acknowledge(id, by);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({
    summary: 'The person is done and the bot may speak again; again changes nothing',
  })
  @ApiOkResponse({ type: HandoffDto })
  @ApiResponse({ status: 404, description: 'There is none of this number.' })
  resolve(@Param() { id }: HandoffParams, @Body() { by }: HandoffStepRequest): Promise<HandoffDto> {
    return this.handoffs.resolve(id, by);
  }
}
