import {
  ForbiddenException,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import type { MeasuredRequest } from '../telemetry/request-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { Ed25519Signature } from './signature/ed25519-signature.js';
import {
  HmacSignature,
  SignatureOptions,
  WorkflowSecret,
  type SignatureScheme,
  type SignedRequest,
  type WebhookScheme,
} from './signature/signature-schemes.js';

/** A request as it leaves the guard. */
export interface WebhookRequest extends MeasuredRequest {
  /** What proved the sender: a body that cannot be read is refused or kept accordingly. */
  webhookScheme?: WebhookScheme;
}

/** Nothing is read of a webhook, let alone stored, before its sender is proved. Fails closed. */
@Injectable()
export class SignatureGuard implements CanActivate {
  private readonly schemes: readonly SignatureScheme[];
  private readonly letsThrough: boolean;

  constructor(
    options: SignatureOptions,
    private readonly telemetry: Telemetry,
  ) {
    this.schemes = [
      new HmacSignature(options.secrets),
      new Ed25519Signature(options),
      new WorkflowSecret(options.workflowSecrets),
    ];
    this.letsThrough = options.mode === 'warn' && !options.production;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WebhookRequest>();
    const scheme = await this.findProof(request);
    if (scheme === undefined) this.refuse();
    request.webhookScheme = scheme ?? 'unverified';
    return true;
  }

  /** One valid proof is enough, whatever else the request carries. */
  protected async findProof(request: Request): Promise<WebhookScheme | undefined> {
    const rawBody = rawBytesOf(request.body);
    if (rawBody === undefined) return undefined;
    const signed: SignedRequest = { rawBody, headers: request.headers };
    for (const scheme of this.schemes) {
      if ((await scheme.verify(signed)) === 'valid') return scheme.name;
    }
    return undefined;
  }

  private refuse(): void {
    this.telemetry.signatureFailed();
    if (!this.letsThrough) throw new ForbiddenException('Invalid webhook signature');
  }
}

/** No body at all is an empty one; a body already parsed has lost the bytes that were signed. */
function rawBytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : undefined;
}
