import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { ProblemException } from '../problem.exception.js';
import type { Scope } from './api-key.js';
import { ApiKeys } from './api-keys.service.js';

const SCOPE_METADATA = 'growthgate:scope';

/** The scope that a key needs for this controller or method. */
export const RequiresScope = (scope: Scope) => SetMetadata(SCOPE_METADATA, scope);

/** `Authorization: Bearer KEY`. Fails closed: a route under this guard that names no scope lets nobody in. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.getAllAndOverride<Scope | undefined>(SCOPE_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    const scopes = await this.scopesOf(context.switchToHttp().getRequest<Request>());
    if (required === undefined || !scopes.has(required)) {
      throw new ProblemException(
        403,
        `This API key lacks the scope ${required ?? 'that this route needs'}`,
      );
    }
    return true;
  }

  private async scopesOf(request: Request): Promise<ReadonlySet<string>> {
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const scopes = key === undefined ? undefined : await this.keys.findScopes(key);
    if (scopes !== undefined) return scopes;
    request.res?.setHeader('WWW-Authenticate', 'Bearer realm="growthgate"');
    throw new ProblemException(
      401,
      'An API key is required: send it as `Authorization: Bearer KEY`',
    );
  }
}
