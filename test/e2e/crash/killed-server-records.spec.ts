import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newLead, send } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const KILLS = 5;
const CONTACTS = 6;
/** Messages of each contact before a kill. */
const WAVES = 3;
const TEXT = 'Pre-approved for $450k in Frisco, need to buy asap, can we talk?';
/** Longer than a run of effects takes, so that a kill may find each of them. */
const LONGEST_PAUSE_MS = 400;

/** Kinds of effect that leave something behind at each call, by the call. */
const MADE_BY = { createTask: 'create_task', addNote: 'add_note' };

interface Call {
  readonly contactId: string;
  readonly operation: string;
  readonly status: number;
  readonly body: {
    readonly customFields?: readonly { readonly field_value: unknown }[];
  };
}

describe('a server that is killed while it writes to the CRM', () => {
  let server: ServerProcess;
  const contactIds = Array.from({ length: CONTACTS }, (_, index) => `written-${index}`);

  beforeAll(async () => {
    server = await ServerProcess.create({
      // Tasks and notes beside the texts.
      FF_GROWTH_SLA_HANDOFF_THRESHOLDS_ENABLED: 'true',
      REPLY_MODE: 'suggest',
    });
    await server.start();
  });

  afterAll(() => server.close());

  it(`never takes a newer value of a field back, and doubles no task or note, over ${KILLS} kills`, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (let wave = 0; wave < WAVES; wave += 1) {
        await Promise.all(contactIds.map((id) => send(server.url, newLead(TEXT, id))));
      }
      await delay(Math.random() * LONGEST_PAUSE_MS);
      await server.kill();
      await server.start();
    }
    await server.settle();
    const calls = await server.sandboxCalls<Call>();
    const operations = calls.map(({ operation }) => operation);
    expect(operations).toEqual(expect.arrayContaining(Object.keys(MADE_BY)));
    for (const contactId of contactIds) {
      const own = calls.filter((call) => call.contactId === contactId && call.status < 300);
      const times = timesOf(own);
      expect(times.length).toBeGreaterThan(0);
      expect(times).toEqual(times.toSorted());
      for (const [operation, kind] of Object.entries(MADE_BY)) {
        const made = own.filter((call) => call.operation === operation).length;
        expect([contactId, kind, made]).toEqual([
          contactId,
          kind,
          await deliveredOf(contactId, kind),
        ]);
      }
    }
  });

  /** Effects that a person sees in the CRM, each of which is carried out by one such call. */
  async function deliveredOf(contactId: string, kind: string): Promise<number> {
    const [row] = await server.query<{ count: number }>(
      `select count(*)::int as count from any_effect
        where contact_id = $1 and kind = $2 and state = 'delivered'`,
      [contactId, kind],
    );
    return row?.count ?? 0;
  }
});

/** Of the decisions whose fields were written, in the order of the writes: one of the fields is that time. */
function timesOf(calls: readonly Call[]): string[] {
  return calls
    .flatMap(({ body }) => body.customFields ?? [])
    .map(({ field_value: value }) => String(value))
    .filter((value) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value));
}
