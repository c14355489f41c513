import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/test-app.js';
import { crmWrites, sentTexts, slowDown } from '../growth/support/crm-view.js';
import {
  countedDuring,
  readGrowthCounters,
  type GrowthCounterMaps,
} from '../growth/support/growth-counters.js';
import { COLD_TEXT, HOT_TEXT, message, REVIEW_TEXT } from '../growth/support/lead-bodies.js';
import { decisionsOf } from '../growth/support/lead-view.js';
import { startSharedSurroundings, type SharedSurroundings } from './shared-surroundings.js';
import { countersFromDecisions } from './stored-decisions.js';

const ENVIRONMENT = {
  FF_GROWTH_ADAPTIVE_FOLLOWUP_TIMING_ENABLED: 'true',
  FF_GROWTH_AB_RESPONSE_STYLE_TESTING_ENABLED: 'true',
  FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
  FF_GROWTH_CANARY_MODE_ENABLED: 'true',
  FF_GROWTH_CANARY_SOURCE: 'zillow',
};
const COPIES = 24;

let surroundings: SharedSurroundings;
let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  surroundings = await startSharedSurroundings();
  [first, second] = await Promise.all([
    surroundings.startReplica(ENVIRONMENT),
    surroundings.startReplica(ENVIRONMENT),
  ]);
});

afterAll(() => surroundings.close());

const bothInTurn = (index: number): TestApp => (index % 2 === 0 ? first : second);

/** Only leads are kept as decisions: what is read from changes in the CRM is counted beside them. */
async function expectCountersOfDecisions(replica: TestApp): Promise<GrowthCounterMaps> {
  const counters = await readGrowthCounters(replica);
  const { shownEvents, ...gate } = await countersFromDecisions(replica);
  const { growth_feature_events_total: events, ...gateCounters } = counters;
  expect(gateCounters).toEqual(gate);
  expect(events).toMatchObject(shownEvents);
  return counters;
}

describe('two replicas on one database', () => {
  it('decide a storm of copies once, and carry its effects out once', async () => {
    const lead = message('storm', { source: 'Zillow' });
    const counted = await countedDuring(first, async () => {
      const replies = await Promise.all(
        Array.from({ length: COPIES }, (_, index) => bothInTurn(index).postSigned(lead)),
      );
      expect(replies.map(({ status }) => status)).toEqual(Array(COPIES).fill(200));
      const statuses = replies.map(({ body }) => (body as { status: string }).status);
      expect(statuses.filter((status) => status === 'processed')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'duplicate_ignored')).toHaveLength(COPIES - 1);
      await first.settle();
    });

    expect(await decisionsOf(second, 'storm')).toHaveLength(1);
    expect(counted.feature_flag_enabled_total).toEqual({
      adaptive_followup_timing: 1,
      ab_response_style_testing: 1,
      sla_handoff_thresholds: 1,
    });
    expect((await crmWrites(surroundings, 'storm')).map(({ operation }) => operation)).toEqual([
      'sendMessage',
      'updateContact',
      'addContactTags',
      'createTask',
      'addNote',
    ]);
  });

  it('carry the effects of many leads out once, whichever took them in', async () => {
    const contacts = Array.from({ length: 20 }, (_, index) => `crowd-${index}`);
    await Promise.all(
      contacts.map((contactId, index) =>
        bothInTurn(index).postSigned(message(contactId)).expect(200),
      ),
    );
    await first.settle();
    for (const contactId of contacts) {
      expect(await sentTexts(surroundings, contactId)).toHaveLength(1);
      expect(await crmWrites(surroundings, contactId)).toHaveLength(3);
    }
  });

  it('decide both messages of a new lead when each takes one in at the same moment', async () => {
    const contacts = Array.from({ length: 30 }, (_, index) => `newcomer-${index}`);
    const pairs = contacts.flatMap((contactId) =>
      [first, second].map((replica, index) =>
        replica.postSigned(message(contactId, { text: `${HOT_TEXT}, from ${index}` })),
      ),
    );
    const replies = await Promise.all(pairs);
    expect(replies.map(({ body }) => (body as { status: string }).status)).toEqual(
      pairs.map(() => 'processed'),
    );
    const leads = await second.database
      .selectFrom('lead')
      .select(['contact_id', 'context'])
      .where('contact_id', 'in', contacts)
      .execute();
    const said = leads.map(({ context }) =>
      context.turns.flatMap(({ from, text }) => (from === 'lead' ? [text] : [])).sort(),
    );
    expect(said).toEqual(contacts.map(() => [`${HOT_TEXT}, from 0`, `${HOT_TEXT}, from 1`]));
    for (const contactId of contacts) {
      expect(await decisionsOf(first, contactId)).toHaveLength(2);
    }
    await first.settle();
  });

  it('keep the messages of one contact in order, and what is done about them', async () => {
    const texts = Array.from({ length: 6 }, (_, index) => `${HOT_TEXT}, thought ${index}`);
    // So that later messages arrive while one replica is still at work on the earlier ones.
    await slowDown(surroundings, 'updateContact', { times: texts.length, delayMs: 150 });
    for (const [index, text] of texts.entries()) {
      await bothInTurn(index).postSigned(message('switcher', { text })).expect(200);
    }
    await first.settle();

    const { context } = await second.database
      .selectFrom('lead')
      .select('context')
      .where('contact_id', '=', 'switcher')
      .executeTakeFirstOrThrow();
    const said = context.turns.filter(({ from }) => from === 'lead').map(({ text }) => text);
    expect(said).toEqual(texts);
    const operations = (await crmWrites(surroundings, 'switcher')).map(
      ({ operation }) => operation,
    );
    expect(operations).toEqual(
      (await decisionsOf(first, 'switcher'))
        .toReversed()
        .flatMap(({ document }) => [
          ...(document.reply.send ? ['sendMessage'] : []),
          'updateContact',
          'addContactTags',
        ]),
    );
  });

  it('add their growth counters up, and each shows the sum', async () => {
    const source = 'only_here';
    const key = `lead_source_attribution:source_observed_${source}`;
    for (const [replica, leads] of [
      [first, 3],
      [second, 4],
    ] as const) {
      for (let index = 0; index < leads; index += 1) {
        const contactId = `counted-${replica === first ? 'first' : 'second'}-${index}`;
        const text = index % 2 === 0 ? COLD_TEXT : REVIEW_TEXT;
        await replica.postSigned(message(contactId, { source, text })).expect(200);
      }
    }
    const [ofFirst, ofSecond] = await Promise.all([first, second].map(readGrowthCounters));
    expect(ofFirst?.growth_feature_events_total[key]).toBe(7);
    expect(ofSecond).toEqual(ofFirst);
  });
});

/** Last: it stops the first replica. */
describe('counters after a restart', () => {
  it('are what the stored decisions say, in a replica that has decided nothing', async () => {
    const before = await expectCountersOfDecisions(first);
    await surroundings.stopReplica(first);

    const restarted = await surroundings.startReplica(ENVIRONMENT);
    expect(await expectCountersOfDecisions(restarted)).toEqual(before);
    await restarted.postSigned(message('afterwards', { source: 'Zillow' })).expect(200);
    const after = await expectCountersOfDecisions(restarted);
    expect(after.feature_flag_evaluations_total).toEqual(
      Object.fromEntries(
        Object.entries(before.feature_flag_evaluations_total).map(([key, value]) => [
          key,
          value + 1,
        ]),
      ),
    );
    expect(await readGrowthCounters(second)).toEqual(after);
    await restarted.settle();
  });
});
