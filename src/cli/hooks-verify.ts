import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { EnvironmentReader } from '../config/environment-reader.js';
import { readHookConfiguration } from '../config/hook-configuration.js';
import { isAccepted } from '../conversions/hooks/hook-answer.js';
import { HookClient } from '../conversions/hooks/hook-client.js';
import { keptHookSecret } from '../settings/hook-settings.js';
import { SystemClock } from '../shared/clock.js';
import { createHookReceiver, type ReceivedHook } from './hooks/hook-receiver.js';
import {
  parseHooksVerifyOptions,
  USAGE,
  type HooksVerifyOptions,
} from './hooks/hooks-verify-options.js';
import { sampleHook } from './hooks/sample-hook.js';

interface HookSetting {
  readonly url: string | undefined;
  readonly secrets: readonly string[];
}

/** `npm run hooks:verify`: exit code 0 when all went well, 1 when a sample was not accepted, 2 on bad arguments or configuration. */
async function main(args: readonly string[]): Promise<number> {
  const parsed = parseHooksVerifyOptions(args);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'invalid':
      return fault(`${parsed.errors.join('\n')}\n\n${USAGE}`);
    case 'options':
      return run(parsed.options);
  }
}

async function run(options: HooksVerifyOptions): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reader = new EnvironmentReader(process.env);
  const { url, secrets } = readHookConfiguration(reader, false);
  if (reader.problems.length > 0) return fault(`${reader.problems.join('\n')}\n`);
  const setting = { url, secrets: secretsOf(options, secrets, reader) };
  return options.send ? send(setting) : receive(options.port, setting);
}

function secretsOf(
  { secret }: HooksVerifyOptions,
  configured: readonly string[],
  reader: EnvironmentReader,
): readonly string[] {
  if (secret !== undefined) return [secret];
  return configured.length > 0 ? configured : [keptHookSecret(reader.text('DATA_DIR') ?? '.data')];
}

async function send({ url, secrets }: HookSetting): Promise<number> {
  if (url === undefined)
    return fault('DECISION_HOOK_URL is not set: there is nowhere to send a sample.\n');
  const clock = new SystemClock();
  const message = sampleHook(clock.now());
  const answer = await new HookClient(clock).post(
    { url, secrets },
    message,
    new AbortController().signal,
  );
  const told =
    answer.kind === 'answered' ? `answered ${answer.status}` : `gave no answer (${answer.reason})`;
  console.log(`${message.id}: the hook ${told}`);
  return isAccepted(answer) ? 0 : 1;
}

/** Until SIGINT or SIGTERM. */
async function receive(port: number, { secrets }: HookSetting): Promise<number> {
  const server = createHookReceiver(secrets, print);
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    return fault(
      `Port ${port} cannot be used: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  const { port: listening } = server.address() as AddressInfo;
  console.log(
    `Verifying decision hooks at http://127.0.0.1:${listening}; set DECISION_HOOK_URL to it. Ctrl-C ends.`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  server.close();
  server.closeAllConnections();
  return 0;
}

function print(hook: ReceivedHook): void {
  if (hook.kind === 'verified')
    console.log(`verified ${hook.id}\n${JSON.stringify(hook.event, null, 2)}`);
  else console.log(`refused  ${hook.id}: ${hook.reason}`);
}

function fault(message: string): number {
  process.stderr.write(message);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
