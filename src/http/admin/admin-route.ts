import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../api-keys/api-key.guard.js';

/** A route that looks and changes nothing. */
export const AdminRead = () => adminRoute('admin:read');

/** A route that changes something. */
export const AdminWrite = () => adminRoute('admin:write');

/** The guard and what it may answer, so that no admin route goes without either. */
function adminRoute(scope: 'admin:read' | 'admin:write'): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(ApiKeyGuard),
    RequiresScope(scope),
    ApiBearerAuth(),
    ApiResponse({ status: 401, description: 'No API key.' }),
    ApiResponse({ status: 403, description: `The key lacks the scope \`${scope}\`.` }),
  );
}
