import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminRead } from '../../http/admin/admin-route.js';
import { FeaturePageDto } from './features.dto.js';
import { FeaturesService } from './features.service.js';

@ApiTags('growth')
@Controller('admin/growth/features')
@AdminRead()
export class FeaturesController {
  constructor(private readonly features: FeaturesService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the growth features with their flags and settings in force' })
  @ApiOkResponse({ type: FeaturePageDto })
  list(): FeaturePageDto {
    return this.features.list();
  }
}
