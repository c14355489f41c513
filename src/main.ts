import 'reflect-metadata';
import { loadConfiguration } from './config/load-configuration.js';
import { serve } from './serve.js';

try {
  await serve(loadConfiguration());
} catch (error) {
  // One readable sentence (or list of faults) for whoever starts it; the stack is for `LOG_LEVEL=debug`.
  console.error(`GrowthGate cannot start: ${sentenceOf(error)}`);
  if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port }: NodeJS.ErrnoException & { readonly port?: number } = error;
  if (code === 'EADDRINUSE')
    return `port ${port} is in use by another program: set PORT to a free one.`;
  if (code === 'EACCES')
    return `${error.message}: choose another PORT, or give the user the right to it.`;
  return error.message;
}
