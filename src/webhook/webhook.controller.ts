import { Controller, HttpCode, Post, Req, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { TelemetryInterceptor } from '../telemetry/telemetry.interceptor.js';
import { SignatureGuard, type WebhookRequest } from './signature.guard.js';
import {
  AcknowledgedWebhookDto,
  DuplicateWebhookDto,
  ProcessedWebhookDto,
  type WebhookDto,
} from './webhook.dto.js';
import { WebhookService } from './webhook.service.js';

const EXAMPLE = {
  type: 'message.received',
  id: 'evt-docs-1',
  location_id: 'loc-1',
  contact_id: 'contact-1',
  message: 'Pre-approved for $450k, need to buy in Frisco within 30 days',
};

@ApiTags('webhook')
@ApiExtraModels(ProcessedWebhookDto, AcknowledgedWebhookDto, DuplicateWebhookDto)
@Controller('webhook')
@UseGuards(SignatureGuard)
@UseInterceptors(TelemetryInterceptor)
export class WebhookController {
  constructor(private readonly webhooks: WebhookService) {}

  @Post('ghl')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes one GoHighLevel event',
    description:
      'Marketplace events (Ed25519), workflow webhooks (`Authorization: Bearer` secret) or the plain form (HMAC-SHA256 of the raw body). Answers once the decision and its effects are committed; a repeat changes nothing.',
  })
  @ApiHeader({
    name: 'X-GHL-Signature',
    required: false,
    description: 'HMAC-SHA256 in hex, or Ed25519 in base64.',
  })
  @ApiHeader({
    name: 'Authorization',
    required: false,
    description: '`Bearer` and the workflow secret.',
  })
  @ApiBody({ schema: { type: 'object', example: EXAMPLE } })
  @ApiOkResponse({
    schema: {
      oneOf: [ProcessedWebhookDto, AcknowledgedWebhookDto, DuplicateWebhookDto].map((reply) => ({
        $ref: getSchemaPath(reply),
      })),
    },
  })
  @ApiResponse({
    status: 400,
    description: 'Malformed JSON payload, or Invalid webhook payload with the fields named.',
  })
  @ApiResponse({ status: 403, description: 'Invalid webhook signature.' })
  @ApiResponse({ status: 413, description: 'The body is over 256 KiB.' })
  @ApiResponse({
    status: 503,
    description: 'The database is away; nothing was kept; `Retry-After` says when to come again.',
  })
  async receive(@Req() request: WebhookRequest): Promise<WebhookDto> {
    const scheme = request.webhookScheme ?? 'unverified';
    const { reply, handled } = await this.webhooks.receive(rawBytes(request), scheme);
    request.handled = handled;
    return reply;
  }
}

function rawBytes(request: WebhookRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
