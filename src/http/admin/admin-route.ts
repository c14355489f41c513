import { applyDecorators, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';
import { TelemetryInterceptor } from '../../telemetry/telemetry.interceptor.js';
import { ApiKeyGuard, RequiresScope } from '../api-keys/api-key.guard.js';

/** A route that looks and changes nothing. */
export const AdminRead = () => adminRoute('admin:read');

/** A route that changes something. */
export const AdminWrite = () => adminRoute('admin:write');

/** The guard, what it may answer and the counting, so that no admin route goes without. */
function adminRoute(scope: 'admin:read' | 'admin:write'): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(ApiKeyGuard),
    RequiresScope(scope),
    UseInterceptors(TelemetryInterceptor),
    ApiBearerAuth(),
    ApiResponse({ status: 401, description: 'No API key.' }),
    ApiResponse({ status: 403, description: `The key lacks the scope \`${scope}\`.` }),
  );
}
