import { Global, Module } from '@nestjs/common';
import { LocationSettings } from './location-settings.js';

/** Global: whatever is done, is done for a location. */
@Global()
@Module({ providers: [LocationSettings], exports: [LocationSettings] })
export class SettingsModule {}
