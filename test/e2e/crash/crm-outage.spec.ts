import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newLead, send } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const OUTAGE_MS = 2_500;
const CONTACTS = 8;
const MESSAGES = [
  'Pre-approved for $450k in Frisco',
  'Is $460k too much?',
  'We have to move within 30 days',
] as const;

interface StoredEffect {
  readonly contact_id: string;
  readonly kind: string;
  readonly state: string;
  readonly remote_id: string | null;
  readonly finished_at: Date;
}

describe('while the CRM is away', () => {
  let server: ServerProcess;
  const contactIds = Array.from({ length: CONTACTS }, (_, index) => `outage-${index}`);

  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  });

  afterAll(() => server.close());

  it('acknowledges every lead, and delivers everything in order once it is back', async () => {
    const beganAt = new Date();
    await server.cutOffCrm(OUTAGE_MS);
    for (const message of MESSAGES) {
      const replies = await Promise.all(
        contactIds.map((contactId) => send(server.url, newLead(message, contactId))),
      );
      expect(
        replies.filter((reply) => reply.kind === 'broken' || reply.outcome !== 'processed'),
      ).toEqual([]);
    }
    await server.settle();
    const effects = await listEffects("kind <> 'follow_up'");
    expect(effects.filter(({ state }) => state !== 'delivered')).toEqual([]);
    const endedAt = new Date(beganAt.getTime() + OUTAGE_MS);
    expect(effects.filter(({ finished_at }) => finished_at < endedAt)).toEqual([]);
    for (const contactId of contactIds) {
      const replies = effects.filter(
        (effect) => effect.contact_id === contactId && effect.kind === 'send_message',
      );
      const { messages } = await server.sandboxContact(contactId);
      expect(replies).toHaveLength(MESSAGES.length);
      expect(messages.map(({ id }) => id)).toEqual(replies.map(({ remote_id }) => remote_id));
    }
  });

  it('holds the last score of each contact in the CRM, not an earlier one', async () => {
    const decided = await server.query<{ contact_id: string; score: number }>(
      `select distinct on (contact_id) contact_id, (document ->> 'lead_score')::float8 as score
       from decision order by contact_id, decided_at desc`,
    );
    expect(decided).toHaveLength(CONTACTS);
    for (const { contact_id, score } of decided) {
      expect((await server.sandboxContact(contact_id)).fields['ai_lead_score']).toBe(score);
    }
  });

  function listEffects(where: string): Promise<StoredEffect[]> {
    return server.query(
      `select contact_id, kind, state, remote_id, finished_at from any_effect where ${where} order by effect_id`,
    );
  }
});
