import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { isISO8601 } from 'class-validator';
import type { Database } from '../../database/database.js';
import { FeatureRegistry } from '../../growth/rollout/feature-registry.js';
import { GrowthGateService } from '../../growth/growth-gate.service.js';
import { GrowthModule } from '../../growth/growth.module.js';
import {
  DecisionInputReadModel,
  type Period,
} from '../../intake/verify/decision-input.read-model.js';
import { verifyDecisions, type Verification } from '../../intake/verify/verify-decisions.js';
import { readStoredEvent } from '../../webhook/deliveries/stored-delivery.js';
import { readArguments, type ArgumentReader } from '../command/arguments.js';
import { withOperatorDatabase } from '../command/operator-database.js';
import { loadOperatorEnvironment } from '../command/operator-environment.js';
import type { Command } from '../command/run-command.js';

/** As long as bodies are kept unless configured otherwise. */
const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

const USAGE = `Usage: npm run decisions:verify -- [options]

Computes the stored decisions of a period again from what they were decided from, and says whether
each comes out as it was stored. Prints the counts, and the first difference if there is one.

  --from <time>  e.g. 2026-03-01 or 2026-03-01T09:00:00Z (${DEFAULT_DAYS} days ago)
  --to <time>    the first moment that no longer counts (now)
  --help         this text
`;

export const DECISIONS_VERIFY: Command<Period> = {
  usage: USAGE,
  parse: (args) =>
    readArguments(args, { from: { type: 'string' }, to: { type: 'string' } }, readPeriod),
  async run(period) {
    Logger.overrideLogger(['error', 'fatal']);
    const { counts, firstDifference } = await withOperatorDatabase(
      loadOperatorEnvironment(),
      (database) => verifyIn(database, period),
    );
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    if (firstDifference !== null) process.stdout.write(`${JSON.stringify(firstDifference)}\n`);
    if (Object.values(counts).every((count) => count === 0)) {
      process.stderr.write('No decisions are stored for that period in this database.\n');
    }
    return counts.differences === 0 ? 0 : 1;
  },
};

function readPeriod(reader: ArgumentReader): Period {
  const now = new Date();
  const from = readTime(reader, 'from', new Date(now.getTime() - DEFAULT_DAYS * DAY_MS));
  const to = readTime(reader, 'to', now);
  if (from >= to) reader.reject('from', 'must be before --to');
  return { from, to };
}

function readTime(reader: ArgumentReader, name: string, fallback: Date): Date {
  const text = reader.text(name);
  if (text === undefined || text === '') return fallback;
  // Strict, since `new Date` takes the 30th of February for a day in March.
  const isTime = /^\d{4}-\d{2}-\d{2}/.test(text) && isISO8601(text, { strict: true });
  if (isTime) return new Date(text);
  reader.reject(name, `must be a time such as 2026-03-01T09:00:00Z, got "${text}"`);
  return fallback;
}

/** With the features of this build, each behind the real gate. */
async function verifyIn(database: Database, period: Period): Promise<Verification> {
  const context = await NestFactory.createApplicationContext(GrowthModule.forFeatures(), {
    logger: ['error', 'fatal'],
  });
  try {
    return await verifyDecisions(period, {
      inputs: new DecisionInputReadModel(database),
      gate: context.get(GrowthGateService),
      features: Array.from(context.get(FeatureRegistry).list(), ({ key }) => key),
      readEvent: readStoredEvent,
    });
  } finally {
    await context.close();
  }
}
