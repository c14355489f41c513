import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminRead, AdminWrite } from '../../http/admin/admin-route.js';
import { DeliveryReplayService } from './delivery-replay.service.js';
import {
  DeliveryPageDto,
  DeliveryParams,
  DeliveryQuery,
  DeliveryWithBodyDto,
  ReplayedDeliveryDto,
} from './delivery.dto.js';
import { DeliveryReadModel } from './delivery.read-model.js';

@ApiTags('deliveries')
@Controller('admin/deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveryReadModel,
    private readonly replays: DeliveryReplayService,
  ) {}

  @Get()
  @AdminList(DeliveryPageDto)
  @ApiOperation({
    summary: 'Lists webhook requests, newest first',
    description: '`failed` ones can be replayed; `unrecognised` ones are of a type nobody knows.',
  })
  list(@Query() query: DeliveryQuery): Promise<DeliveryPageDto> {
    return this.deliveries.listPage(query);
  }

  @Get(':location/:id')
  @AdminRead()
  @ApiOperation({ summary: 'Shows one webhook request with its body' })
  @ApiOkResponse({ type: DeliveryWithBodyDto })
  @ApiResponse({ status: 404, description: 'No such delivery.' })
  get(@Param() delivery: DeliveryParams): Promise<DeliveryWithBodyDto> {
    return this.deliveries.get(delivery);
  }

  @Post(':location/:id/replay')
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({
    summary: 'Decides a failed webhook request again',
    description: 'As if it came now, except that the lead has been waiting since it first came.',
  })
  @ApiOkResponse({ type: ReplayedDeliveryDto })
  @ApiResponse({ status: 404, description: 'No such delivery.' })
  @ApiResponse({ status: 409, description: 'It did not fail, or its body cannot be read.' })
  replay(@Param() delivery: DeliveryParams): Promise<ReplayedDeliveryDto> {
    return this.replays.replay(delivery);
  }
}
