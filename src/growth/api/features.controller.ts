import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminList } from '../../http/admin/admin-route.js';
import { PageQuery } from '../../http/admin/page.js';
import { FeaturePageDto } from './features.dto.js';
import { FeaturesService } from './features.service.js';

@ApiTags('growth')
@Controller('admin/growth/features')
export class FeaturesController {
  constructor(private readonly features: FeaturesService) {}

  @Get()
  @AdminList(FeaturePageDto)
  @ApiOperation({ summary: 'Lists the growth features with their flags and settings in force' })
  list(@Query() query: PageQuery): FeaturePageDto {
    return this.features.list(query);
  }
}
