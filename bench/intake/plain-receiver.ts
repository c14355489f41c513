import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';
import { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { isSigned, listen } from './bare-server.js';

const TABLE = `create table lead_event (
  id text primary key, location_id text not null, contact_id text not null, body jsonb not null,
  received_at timestamptz not null default now()
)`;
const INSERT = `insert into lead_event (id, location_id, contact_id, body)
  values ($1, $2, $3, $4) on conflict (id) do nothing`;

/**
 * What somebody would write by hand who only wants to lose nothing: Express, the HMAC, one INSERT
 * with pg and its pool, and the answer once it is committed. It decides nothing.
 */
export async function startPlainReceiver(dataDir: string) {
  const postgres = await EmbeddedPostgres.start({ dataDir, onEvent: () => undefined });
  const pool = new pg.Pool({ connectionString: postgres.url });
  // At the end PostgreSQL may hear of it before the pool does.
  pool.on('error', () => undefined);
  await pool.query(TABLE);
  const app = express();
  app.disable('x-powered-by');
  app.post('/webhook/ghl', express.raw({ type: () => true }), async (request, response) => {
    if (!isSigned(request)) {
      response.status(403).json({ status: 'refused' });
      return;
    }
    const text = String(request.body);
    const event = JSON.parse(text) as Record<'id' | 'location_id' | 'contact_id', string>;
    await pool.query(INSERT, [event.id, event.location_id, event.contact_id, text]);
    response.json({ status: 'stored' });
  });
  return {
    url: await listen(createServer(app)),
    countDecided: async () => {
      const { rows } = await pool.query<{ count: string }>('select count(*) from lead_event');
      return Number(rows[0]?.count);
    },
    stop: async () => {
      await pool.end();
      await postgres.stop();
    },
  };
}
