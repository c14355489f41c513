import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { Configuration } from './configuration.js';

/** Hands the frozen configuration to the whole application, typed. */
@Module({})
export class ConfigurationModule {
  static forRoot(configuration: Configuration): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ configuration })] }),
      ],
      providers: [
        {
          provide: Configuration,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<Configuration>('configuration'),
        },
      ],
      exports: [Configuration],
    };
  }
}
