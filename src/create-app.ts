import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.js';
import type { NextFunction, Request, Response } from 'express';
import type { Configuration } from './config/configuration.js';
import type { GrowthFeatureModule } from './growth/growth-feature-module.js';
import { APP_VERSION } from './health/app-version.js';
import { Readiness } from './health/readiness.js';
import { ApiKeys } from './http/api-keys/api-keys.service.js';
import { useBodyParsers } from './http/body-parsers.js';
import { DirectRouteAdapter } from './http/direct-route.adapter.js';
import { useNoStore } from './http/no-store.js';
import { ProblemFilter } from './http/problem.filter.js';
import { createValidationPipe } from './http/validation-pipe.js';
import { StructuredLogger } from './telemetry/structured-logger.js';
import { useRequestTelemetry } from './telemetry/request-telemetry.js';

/** The application, ready to listen: the same for `main.ts`, the tests and the benchmarks. */
export async function createApp(
  configuration: Configuration,
  extraFeatures: readonly GrowthFeatureModule[] = [],
): Promise<NestExpressApplication> {
  const adapter = new DirectRouteAdapter('/webhook/ghl');
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(configuration, extraFeatures),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: new StructuredLogger({
        json: configuration.production,
        logLevel: configuration.logLevel,
      }),
    },
  );
  app.disable('x-powered-by');
  app.useSecurityHeaders();
  endConnectionsWhenDraining(app);
  useRequestTelemetry(app);
  adapter.endAhead();
  useNoStore(app);
  useBodyParsers(app);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(createValidationPipe());
  useApiDocumentation(app);
  await app.get(ApiKeys).ensureFirstKey();
  return app;
}

/**
 * While the server stops, each reply is the last one of its connection. A kept-alive connection that
 * is never idle would otherwise hold the server open for as long as its client sends.
 */
function endConnectionsWhenDraining(app: NestExpressApplication): void {
  const readiness = app.get(Readiness);
  app.use((_request: Request, response: Response, next: NextFunction) => {
    if (readiness.state === 'draining') response.setHeader('Connection', 'close');
    next();
  });
}

/** Swagger UI at `/docs`, where `/` leads to, the document at `/docs-json`. */
function useApiDocumentation(app: NestExpressApplication): void {
  const description = new DocumentBuilder()
    .setTitle('GrowthGate')
    .setDescription(
      'Answers the leads of a business on GoHighLevel, and lets its operator change how they are answered without risk.',
    )
    .setVersion(APP_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key of GrowthGate.' })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'docs-json',
  });
  // No route: it is neither counted nor part of the API.
  app.use(({ method, path }: Request, response: Response, next: NextFunction) => {
    if (path === '/' && (method === 'GET' || method === 'HEAD')) response.redirect('/docs');
    else next();
  });
}
