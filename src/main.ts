import 'reflect-metadata';
import { loadConfiguration } from './config/load-configuration.js';
import { serve } from './serve.js';

try {
  await serve(loadConfiguration());
} catch (error) {
  // One readable sentence (or list of faults) for whoever starts it; the stack is for `LOG_LEVEL=debug`.
  console.error(
    `GrowthGate cannot start: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
  process.exit(1);
}
