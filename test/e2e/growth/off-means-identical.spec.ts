import { beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { crmContact } from './support/crm-view.js';
import {
  appointment,
  COLD_TEXT,
  humanMessage,
  message,
  opportunityStatus,
  REVIEW_TEXT,
} from './support/lead-bodies.js';
import { EVERYTHING_ON } from './support/rollout-in-force.js';

const CANARY = { ...EVERYTHING_ON, FF_GROWTH_CANARY_MODE_ENABLED: 'true' };

/** Several turns, several sources, changes in the CRM, a person and an opt-out; the same bytes for every application. */
const CONVERSATION: readonly object[] = [
  message('walker', { text: COLD_TEXT, source: 'Zillow' }),
  message('walker', { text: REVIEW_TEXT }),
  message('walker', { source: 'Google' }),
  appointment('walker', 'confirmed'),
  message('walker', { text: 'Is parking included?' }),
  message('second', { source: 'Zillow' }),
  humanMessage('second', 'user-ann'),
  message('second', { text: 'Thank you' }),
  opportunityStatus('second', 'lost'),
  message('third'),
  message('third', { text: 'STOP' }),
];
const CONTACTS = ['walker', 'second', 'third'];

/** Differ at every run: ids that are drawn, and the times of it all. */
const DRAWN = new Set([
  ...['id', 'conversationId', 'webhook_id', 'process_time_ms'],
  ...[
    'dateAdded',
    'dateUpdated',
    'dueDate',
    'due_at',
    'last_ai_analysis',
    'at',
    'human_takeover_at',
    'since',
    'clear_at',
    'answersAt',
    'notice_at',
  ],
]);

/** All that a conversation leaves behind. */
interface Traces {
  readonly replies: readonly unknown[];
  readonly crm: readonly unknown[];
  readonly contexts: readonly unknown[];
  readonly effects: readonly unknown[];
}

async function playConversation(env: Readonly<Record<string, string>>): Promise<Traces> {
  const app = await startTestApp({ env });
  try {
    const replies: unknown[] = [];
    for (const body of CONVERSATION) {
      replies.push((await app.postSigned(body).expect(200)).body);
      await app.settle();
    }
    const crm = await Promise.all(CONTACTS.map((contactId) => crmContact(app, contactId)));
    return withoutDrawn({ replies, crm, ...(await storedTraces(app)) });
  } finally {
    await app.close();
  }
}

async function storedTraces({ database }: TestApp) {
  const leads = await database.selectFrom('lead').select('context').orderBy('contact_id').execute();
  const effects = await database
    .selectFrom('any_effect')
    .select(['contact_id', 'kind', 'payload', 'state', 'last_error', 'due_at', 'created_at'])
    .orderBy('effect_id')
    .execute();
  return {
    contexts: leads.map(({ context }) => context),
    effects: effects.map(({ due_at: dueAt, created_at: createdAt, ...effect }) => ({
      ...effect,
      delayMs: dueAt.getTime() - createdAt.getTime(),
    })),
  };
}

function withoutDrawn<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (DRAWN.has(key) ? undefined : part)),
  ) as T;
}

describe('one conversation', () => {
  let off: Traces;

  beforeAll(async () => {
    off = await playConversation({});
  });

  it('leaves the same when every feature is on for a canary source that nobody has', async () => {
    expect(await playConversation({ ...CANARY, FF_GROWTH_CANARY_SOURCE: 'tiktok' })).toEqual(off);
  });

  it('leaves the same when every feature is on and no canary source is configured', async () => {
    expect(await playConversation(CANARY)).toEqual(off);
  });

  it('leaves something else when the canary source is one of its own', async () => {
    const canary = await playConversation({ ...CANARY, FF_GROWTH_CANARY_SOURCE: 'zillow' });
    const [walker, second, third] = off.crm;
    expect(canary.crm[0]).not.toEqual(walker);
    expect(canary.crm[1]).not.toEqual(second);
    // Came from nowhere: still treated as if everything were off.
    expect(canary.crm[2]).toEqual(third);
  });
});
