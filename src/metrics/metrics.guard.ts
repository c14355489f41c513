import {
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Configuration } from '../config/configuration.js';
import { isSameSecret } from '../shared/same-secret.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Metrics hold no personal data, but they tell a competitor how business goes. With `METRICS_TOKEN`
 * the token is needed; without it they are open, except in production, where they fail closed.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly configuration: Configuration) {}

  canActivate(context: ExecutionContext): boolean {
    const { metricsToken, production } = this.configuration;
    if (metricsToken === undefined) {
      if (!production) return true;
      throw new ForbiddenException('Metrics are closed in production until METRICS_TOKEN is set');
    }
    const http = context.switchToHttp();
    const offered = BEARER.exec(http.getRequest<Request>().get('authorization') ?? '')?.[1];
    if (offered !== undefined && isSameSecret(offered, metricsToken)) return true;
    http.getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
    throw new UnauthorizedException('Metrics need METRICS_TOKEN as the bearer token');
  }
}
