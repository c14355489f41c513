import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAcknowledged, LeadStream, send, type Sent } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const KILLS = 5;
const SENDERS = 4;

interface StoredLead {
  readonly contact_id: string;
  readonly decisions: number;
  readonly undelivered: number;
  readonly effects: number;
}

describe('a server that is killed at any moment', () => {
  let server: ServerProcess;
  const sent: Sent[] = [];

  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  });

  afterAll(() => server.close());

  it(`keeps every acknowledged delivery, over ${KILLS} kills`, async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const stream = new LeadStream(server.url, SENDERS);
      await stream.untilAcknowledged(SENDERS);
      await delay(Math.random() * 150);
      await server.kill();
      sent.push(...(await stream.stop()));
      await server.start();
    }
    const stored = await storedLeads();
    const acknowledged = sent.filter(isAcknowledged).map(({ lead }) => lead.contactId);
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * SENDERS);
    expect(acknowledged.filter((contactId) => stored.get(contactId)?.decisions !== 1)).toEqual([]);
  });

  it('decides nothing twice when the senders repeat what was cut off', async () => {
    const cutOff = sent.filter((one) => !isAcknowledged(one)).map(({ lead }) => lead);
    const before = await storedLeads();
    for (const lead of cutOff) {
      const outcome = before.has(lead.contactId) ? 'duplicate_ignored' : 'processed';
      expect([lead.deliveryId, await send(server.url, lead)]).toEqual([
        lead.deliveryId,
        { kind: 'answered', status: 200, retryAfter: null, outcome },
      ]);
    }
    const stored = await storedLeads();
    expect([...stored.values()].filter(({ decisions }) => decisions !== 1)).toEqual([]);
    expect(stored.size).toBe(sent.length);
  });

  it('delivers every effect, and every lead gets exactly one reply', async () => {
    await server.settle();
    const stored = await storedLeads();
    expect(
      [...stored.values()].filter(({ undelivered, effects }) => undelivered > 0 || effects < 3),
    ).toEqual([]);
    const replies = new Map<string, number>();
    for (const { lead } of sent) {
      const contact = await server.sandboxContact(lead.contactId);
      replies.set(lead.contactId, contact.messages.length);
      expect(contact.fields).toMatchObject({ lead_priority: 'high' });
    }
    expect([...replies].filter(([, count]) => count !== 1)).toEqual([]);
  });

  /** By contact: each of these leads sent one message. The follow-up is due in an hour and does not count. */
  async function storedLeads(): Promise<Map<string, StoredLead>> {
    const rows = await server.query<StoredLead>(
      `select contact_id,
        (select count(*)::int from decision where decision.contact_id = lead.contact_id) as decisions,
        (select count(*)::int from any_effect as effect where effect.contact_id = lead.contact_id
          and effect.kind <> 'follow_up' and effect.state <> 'delivered') as undelivered,
        (select count(*)::int from any_effect as effect where effect.contact_id = lead.contact_id
          and effect.kind <> 'follow_up') as effects
      from lead`,
    );
    return new Map(rows.map((row) => [row.contact_id, row]));
  }
});
