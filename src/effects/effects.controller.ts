import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminList, AdminWrite } from '../http/admin/admin-route.js';
import {
  EffectDto,
  EffectPageDto,
  EffectParams,
  EffectQuery,
  ReplayEffectRequest,
  ReplayEffectsRequest,
  ReplayedEffectsDto,
} from './effect.dto.js';
import { EffectReplayService } from './effect-replay.service.js';
import { EffectReadModel } from './effect.read-model.js';
import { KnownKindPipe } from './known-kind.pipe.js';

@ApiTags('effects')
@Controller('admin/effects')
export class EffectsController {
  constructor(
    private readonly effects: EffectReadModel,
    private readonly replays: EffectReplayService,
  ) {}

  @Get()
  @AdminList(EffectPageDto)
  @ApiOperation({
    summary: 'Lists outgoing actions, newest first',
    description:
      '`dead` is the dead-letter state, `last_error` its reason; `uncertain` is a message of which nobody knows whether it arrived.',
  })
  list(@Query(KnownKindPipe) query: EffectQuery): Promise<EffectPageDto> {
    return this.effects.listPage(query);
  }

  @Post('replay')
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({
    summary: 'Tries dead actions again',
    description: 'The oldest 1000 that match; `remaining` says how many are left.',
  })
  @ApiOkResponse({ type: ReplayedEffectsDto })
  @ApiResponse({ status: 400, description: 'A field is wrong; `errors[]` names it.' })
  replayDead(@Body(KnownKindPipe) request: ReplayEffectsRequest): Promise<ReplayedEffectsDto> {
    return this.replays.replayDead(request);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @AdminWrite()
  @ApiOperation({
    summary: 'Tries one action again',
    description:
      'One that is dead, uncertain or suppressed is pending again, its attempts forgotten. Whether the lead may be written to is asked anew before a message goes out.',
  })
  @ApiBody({ type: ReplayEffectRequest, required: false })
  @ApiOkResponse({ type: EffectDto })
  @ApiResponse({ status: 404, description: 'No such effect.' })
  @ApiResponse({
    status: 409,
    description: 'Not in a state to be replayed, or a message that may have arrived.',
  })
  replayOne(
    @Param() { id }: EffectParams,
    @Body() request?: ReplayEffectRequest,
  ): Promise<EffectDto> {
    return this.replays.replayOne(id, request);
  }
}
