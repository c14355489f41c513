import { existsSync } from 'node:fs';
import { readConfiguration, type Configuration } from './configuration.js';

/** Reads `.env` where there is one (the environment wins) and then the environment. */
export function loadConfiguration(): Configuration {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfiguration(process.env);
}
