import type { Provider, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { useBodyParsers } from '../body-parsers.js';
import { DirectRouteAdapter } from '../direct-route.adapter.js';
import { ProblemFilter } from '../problem.filter.js';
import { createValidationPipe } from '../validation-pipe.js';

/** A controller behind the real HTTP edge: parsers, validation, problem documents. */
export async function createEdgeApplication(
  controller: Type,
  providers: Provider[] = [],
): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({ controllers: [controller], providers }).compile();
  const adapter = new DirectRouteAdapter('/webhook/ghl');
  const app = module.createNestApplication<NestExpressApplication>(adapter, {
    bodyParser: false,
    logger: false,
  });
  app.useSecurityHeaders();
  adapter.endAhead();
  useBodyParsers(app);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  return app.init();
}
