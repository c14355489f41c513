import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAcknowledged, LeadStream } from './lead-stream.js';
import { ServerProcess } from './server-process.js';

const SENDERS = 8;
/** The contract's limit. */
const STOP_WITHIN_MS = 10_000;
const TIMEOUT_MS = 60_000;

describe('SIGTERM under load', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.create();
  }, TIMEOUT_MS);

  afterAll(() => server.close());

  it(
    'ends with exit code 0 in time, and what was acknowledged is there after the next start',
    async () => {
      const stream = new LeadStream(server.url, SENDERS);
      await stream.untilAcknowledged(5 * SENDERS);
      const { code, tookMs } = await server.terminate();
      const sent = await stream.stop();
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(STOP_WITHIN_MS);

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
    },
    TIMEOUT_MS,
  );

  it(
    'is not held up by a connection that says nothing',
    async () => {
      const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
      silent.on('error', () => undefined);
      await once(silent, 'connect');
      const { code, tookMs } = await server.terminate();
      silent.destroy();
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(STOP_WITHIN_MS);
    },
    TIMEOUT_MS,
  );
});
