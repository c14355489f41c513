import { Logger } from '@nestjs/common';
import { SCOPES, type Scope } from '../../http/api-keys/api-key.js';
import { readArguments, type ArgumentReader } from '../command/arguments.js';
import { loadOperatorEnvironment } from '../command/operator-environment.js';
import type { Command } from '../command/run-command.js';
import { createKey, type CreatedKey, type KeyOrder } from './create-key.js';

const USAGE = `Usage: npm run key:create -- --scope <scope> [options]

Makes an API key in the database that the server uses, and prints it once.

  --scope <scope>   ${SCOPES.join(', ')}; may be repeated
  --label <text>    what the key is for, shown to operators (made on the command line)
  --help            this text
`;

const MAX_LABEL_LENGTH = 200;

export const KEY_CREATE: Command<KeyOrder> = {
  usage: USAGE,
  parse: (args) =>
    readArguments(
      args,
      { scope: { type: 'string', multiple: true }, label: { type: 'string' } },
      readOrder,
    ),
  async run(order) {
    // Whoever asks for a key wants to read the key, not how the database was opened.
    Logger.overrideLogger(['error', 'fatal']);
    const key = await createKey(order, loadOperatorEnvironment(), new Date());
    process.stdout.write(keySentences(key));
    return 0;
  },
};

function readOrder(reader: ArgumentReader): KeyOrder {
  const label = reader.text('label') ?? 'made on the command line';
  if (label.length > MAX_LABEL_LENGTH) {
    reader.reject('label', `must have at most ${MAX_LABEL_LENGTH} characters`);
  }
  return { scopes: readScopes(reader), label };
}

function readScopes(reader: ArgumentReader): readonly Scope[] {
  const asked = reader.list('scope');
  if (asked.length === 0) {
    reader.reject('scope', `is missing: add --scope and one of ${SCOPES.join(', ')}`);
  }
  for (const unknown of asked.filter((name) => !isScope(name))) {
    reader.reject('scope', `"${unknown}" is none: use ${SCOPES.join(', ')}`);
  }
  return asked.filter(isScope);
}

function isScope(name: string): name is Scope {
  return SCOPES.some((scope) => scope === name);
}

function keySentences({ text, keyId, scopes, label, place }: CreatedKey): string {
  return [
    `API key   ${text}`,
    `id        ${keyId}`,
    `scopes    ${scopes.join(', ')}`,
    `label     ${label}`,
    `database  ${place}`,
    '',
    'It is shown this once: only a hash is stored. Send it as `Authorization: Bearer KEY`.',
    '',
  ].join('\n');
}
