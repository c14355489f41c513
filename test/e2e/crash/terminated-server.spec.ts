import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAcknowledged, LeadStream } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const SENDERS = 8;

describe('SIGTERM under load', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  });

  afterAll(() => server.close());

  it('ends with exit code 0 in time, and what was acknowledged is there after the next start', async () => {
    const stream = new LeadStream(server.url, SENDERS);
    await stream.untilAcknowledged(5 * SENDERS);
    expect(await server.terminate()).toBe(0);
    const sent = await stream.stop();

    const strange = sent.filter(
      ({ reply }) => reply.kind === 'answered' && reply.status !== 200 && reply.status !== 503,
    );
    expect(strange).toEqual([]);
    await server.start();
    const rows = await server.query<{ delivery_id: string }>('select delivery_id from decision');
    const decided = new Set(rows.map((row) => row.delivery_id));
    const acknowledged = sent.filter(isAcknowledged).map(({ lead }) => lead.deliveryId);
    expect(acknowledged.filter((deliveryId) => !decided.has(deliveryId))).toEqual([]);
    expect(decided.size).toBe(rows.length);
  });

  it('is not held up by a connection that says nothing', async () => {
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    expect(await server.terminate()).toBe(0);
    silent.destroy();
  });
});
