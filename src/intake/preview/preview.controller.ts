import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AdminRead } from '../../http/admin/admin-route.js';
import type { LooseRecord } from '../../shared/loose-json.js';
import { JsonObjectPipe } from './json-object.pipe.js';
import { PreviewDto, PreviewRequest } from './preview.dto.js';
import { PreviewService } from './preview.service.js';

@ApiTags('growth')
@Controller('admin/growth/preview')
@AdminRead()
export class PreviewController {
  constructor(private readonly previews: PreviewService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Shows what the growth features would do with a lead, and why',
    description:
      'Nothing is counted, stored or sent, and what is stored of the lead is not read: the answer depends on this body and the rollout alone. A malformed part is no error here; its events tell.',
  })
  @ApiBody({ type: PreviewRequest })
  @ApiOkResponse({ type: PreviewDto })
  @ApiResponse({ status: 400, description: 'The body is no JSON object.' })
  preview(@Body(JsonObjectPipe) body: LooseRecord): Promise<PreviewDto> {
    return this.previews.preview(body);
  }
}
