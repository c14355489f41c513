import { readConfiguration } from '../../config/configuration.js';
import { LocationSettings, type SettingsOfLocation } from '../location-settings.js';

/** As the environment has them when nothing is set, but for the changes: the same for every location. */
export function settingsWith(changes: Partial<SettingsOfLocation> = {}): LocationSettings {
  const settings = new LocationSettings(readConfiguration({ NODE_ENV: 'test' }));
  const base = settings.of.bind(settings);
  settings.of = async (locationId) => ({ ...(await base(locationId)), ...changes });
  return settings;
}
