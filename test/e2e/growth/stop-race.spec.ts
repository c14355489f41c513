import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { until } from '../../support/until.js';
import { HOT_TEXT } from './support/lead-bodies.js';

/**
 * Refusals that arrive while replies wait for their turn at the CRM's rate limit: between the check and
 * the turn lie seconds, and a text that leaves after its STOP was acknowledged is one too many.
 */

const TRIALS = Number(process.env['STOP_RACE_TRIALS'] ?? '40');
/** Of one location, whose ten calls in ten seconds they share. */
const LEADS_PER_LOCATION = 4;
const LIMIT_PER_10S = 10;
/** Within it some texts leave before the refusal comes, and most wait. */
const REFUSED_WITHIN_MS = 6_000;

interface Trial {
  readonly locationId: string;
  readonly contactId: string;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { GHL_RATE_LIMIT_PER_10S: String(LIMIT_PER_10S) } });
});
afterAll(() => app.close());

let serial = 0;

function said({ locationId, contactId }: Trial, text: string) {
  serial += 1;
  return {
    type: 'message.received',
    id: `race-${serial}`,
    location_id: locationId,
    contact_id: contactId,
    timestamp: new Date().toISOString(),
    message: text,
  };
}

/** @returns when the refusal was acknowledged */
async function play(trial: Trial): Promise<number> {
  await app.postSigned(said(trial, HOT_TEXT)).expect(200);
  await delay(Math.random() * REFUSED_WITHIN_MS);
  await app.postSigned(said(trial, 'STOP')).expect(200);
  return Date.now();
}

async function timesOfTexts({ contactId }: Trial): Promise<readonly number[]> {
  const response = await fetch(`${app.sandboxUrl}/_sandbox/contacts/${contactId}`);
  if (response.status === 404) return [];
  const { messages } = (await response.json()) as {
    messages: readonly { readonly dateAdded: string }[];
  };
  return messages.map(({ dateAdded }) => Date.parse(dateAdded));
}

async function undecided(): Promise<number> {
  const open = await app.database
    .selectFrom('effect')
    .select('effect_id')
    .where('kind', '=', 'send_message')
    .where('state', 'in', ['pending', 'sending'])
    .execute();
  return open.length;
}

it('no text leaves after the refusal was acknowledged', async () => {
  const trials = Array.from({ length: TRIALS }, (_, index) => ({
    locationId: `race-${Math.floor(index / LEADS_PER_LOCATION)}`,
    contactId: `racer-${index}`,
  }));
  const acknowledged = await Promise.all(trials.map(play));
  await until(async () => (await undecided()) === 0);
  const times = await Promise.all(trials.map(timesOfTexts));
  const late = times.flatMap((sent, index) => sent.filter((at) => at > (acknowledged[index] ?? 0)));
  expect(late).toEqual([]);
  // Else nothing was raced: some texts were first, and some refusals.
  const sentFirst = times.filter(({ length }) => length > 0).length;
  expect(sentFirst).toBeGreaterThan(0);
  expect(sentFirst).toBeLessThan(TRIALS);
  process.stderr.write(`${TRIALS} trials: ${sentFirst} texts before the refusal, 0 after\n`);
});
