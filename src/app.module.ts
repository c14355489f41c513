import { Module, type DynamicModule } from '@nestjs/common';
import { AnalyzeLeadModule } from './analyze-lead/analyze-lead.module.js';
import { ConfigurationModule } from './config/config.module.js';
import { Configuration } from './config/configuration.js';
import { ConversionsModule } from './conversions/conversions.module.js';
import { CrmModule } from './crm/crm.module.js';
import { DatabaseModule } from './database/database.module.js';
import { RetentionModule } from './database/retention.module.js';
import { EffectsModule } from './effects/effects.module.js';
import type { GrowthFeatureModule } from './growth/growth-feature-module.js';
import { GrowthApiModule } from './growth/api/growth-api.module.js';
import { GrowthCountersModule } from './growth/counters/growth-counters.module.js';
import { GrowthModule } from './growth/growth.module.js';
import { ExperimentsModule } from './experiments/experiments.module.js';
import { rolloutFromEnvironment } from './growth/rollout/rollout.js';
import { HandoffsModule } from './handoffs/handoffs.module.js';
import { HealthModule } from './health/health.module.js';
import { ApiKeysModule } from './http/api-keys/api-keys.module.js';
import { LeadFileModule } from './lead-file/lead-file.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { SummaryModule } from './metrics/summary/summary.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { Clock } from './shared/clock.js';
import { ClockModule } from './shared/clock.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { WebhookModule } from './webhook/webhook.module.js';

/** The whole product in one process: what every part stands on, then the routes, then the workers. */
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
        CrmModule.forRoot({ ...withoutUndefined(configuration.crm), ...pick(configuration) }),
        TelemetryModule,
        GrowthModule.forFeatures(extraFeatures, {
          inject: [Clock],
          useFactory: (clock: Clock) => rolloutFromEnvironment(configuration.growth, clock.now()),
        }),
        GrowthCountersModule,
        GrowthApiModule,
        ApiKeysModule,
        ExperimentsModule,
        HandoffsModule,
        ConversionsModule,
        EffectsModule,
        WebhookModule,
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
  return { ...withoutUndefined({ databaseUrl }), dataDir, poolSize: databasePoolSize };
}

function pick({ dataDir, production }: Configuration) {
  return { dataDir, production };
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function withoutUndefined<T extends object>(options: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
