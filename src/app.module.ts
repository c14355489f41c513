import { Module, type DynamicModule } from '@nestjs/common';
import { AnalyzeLeadModule } from './analyze-lead/analyze-lead.module.js';
import { ConfigurationModule } from './config/config.module.js';
import { Configuration } from './config/configuration.js';
import { DatabaseModule } from './database/database.module.js';
import { RetentionModule } from './database/retention.module.js';
import type { GrowthFeatureModule } from './growth/growth-feature-module.js';
import { GrowthApiModule } from './growth/api/growth-api.module.js';
import { GrowthModule } from './growth/growth.module.js';
import { ExperimentsModule } from './experiments/experiments.module.js';
import { rolloutFromEnvironment } from './growth/rollout/rollout.js';
import { HealthModule } from './health/health.module.js';
import { LeadFileModule } from './lead-file/lead-file.module.js';
import { LanguageModelReadingModule } from './llm-reading/llm-reading.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { SummaryModule } from './metrics/summary/summary.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { Clock } from './shared/clock.js';
import { ClockModule } from './shared/clock.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { WebhookModule } from './webhook/webhook.module.js';

/**
 * The whole product in one process: what every room stands on, then the rooms with routes, each of
 * which imports the rooms that it needs.
 */
@Module({})
export class AppModule {
  /** @param extraFeatures growth features beyond those of this build */
  static forRoot(
    configuration: Configuration,
    extraFeatures: readonly GrowthFeatureModule[] = [],
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.forRoot(configuration),
        ClockModule,
        SettingsModule,
        DatabaseModule.forRoot(databaseOptions(configuration)),
        RetentionModule,
        TelemetryModule,
        GrowthModule.forFeatures(extraFeatures, {
          inject: [Clock],
          useFactory: (clock: Clock) => rolloutFromEnvironment(configuration.growth, clock.now()),
        }),
        GrowthApiModule,
        ExperimentsModule,
        WebhookModule,
        LanguageModelReadingModule,
        AnalyzeLeadModule,
        LeadFileModule,
        HealthModule,
        MetricsModule,
        SummaryModule,
      ],
    };
  }
}

function databaseOptions({ databaseUrl, dataDir, databasePoolSize }: Configuration) {
  return { databaseUrl, dataDir, poolSize: databasePoolSize };
}
