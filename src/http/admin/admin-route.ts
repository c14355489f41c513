import { applyDecorators, UseGuards, UseInterceptors, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { TelemetryInterceptor } from '../../telemetry/telemetry.interceptor.js';
import { ApiKeyGuard, RequiresScope } from '../api-keys/api-key.guard.js';
import type { Page } from './page.js';

/** A route that looks and changes nothing. */
export const AdminRead = () => adminRoute('admin:read');

/** A route that lists: it takes a `PageQuery` or what extends one, and answers a page of this class. */
export const AdminList = (PageDto: Type<Page<unknown>>) =>
  applyDecorators(
    AdminRead(),
    ApiOkResponse({ type: PageDto }),
    ApiResponse({ status: 400, description: 'The query is wrong; `errors[]` names the field.' }),
  );

/** A route that changes something. */
export const AdminWrite = () => adminRoute('admin:write');

/** A route for the operator alone: with the key of the environment, or the one made at the first start. */
export const AdminErase = () => adminRoute('admin');

/** The guard, what it may answer and the counting, so that no admin route goes without. */
function adminRoute(
  scope: 'admin:read' | 'admin:write' | 'admin',
): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(ApiKeyGuard),
    RequiresScope(scope),
    UseInterceptors(TelemetryInterceptor),
    ApiBearerAuth(),
    ApiResponse({ status: 401, description: 'No API key.' }),
    ApiResponse({ status: 403, description: `The key lacks the scope \`${scope}\`.` }),
  );
}
