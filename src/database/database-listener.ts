import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { createListeningClient } from './connection-pool.js';
import { Database } from './database.js';

/**
 * Why a handler is called: a notification, or a connection that was (re-)established, after which
 * any number of notifications may have been missed.
 */
export type WakeUp =
  { readonly kind: 'notified'; readonly payload: string } | { readonly kind: 'connected' };

export type WakeUpHandler = (wakeUp: WakeUp) => void;

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;
/** How often the connection is asked whether it still stands: it would be silent either way. */
const PING_MS = 15_000;

/**
 * LISTEN on a connection of its own that reconnects for ever. A notification is a hint, never a
 * message: listeners look into the tables, and poll as a backstop.
 */
@Injectable()
export class DatabaseListener implements OnModuleDestroy {
  private readonly logger = new Logger(DatabaseListener.name);
  private readonly handlers = new Map<string, Set<WakeUpHandler>>();
  private client: pg.Client | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  private readonly pingTimer = setInterval(() => this.ping(), PING_MS).unref();
  private retryMs = FIRST_RETRY_MS;
  private isConnecting = false;
  private isStopped = false;

  constructor(private readonly database: Database) {}

  /** The handler is called once the channel is listened to, and from then on. Returns how to stop. */
  listen(channel: string, handler: WakeUpHandler): () => void {
    const handlers = this.handlers.get(channel) ?? new Set();
    this.handlers.set(channel, handlers.add(handler));
    if (this.client) void this.subscribe(this.client, channel, handler);
    else void this.connect();
    return () => void handlers.delete(handler);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retryTimer);
    clearInterval(this.pingTimer);
    await this.client?.end();
  }

  /** One that does not answer in time ends, and the next one is made. */
  private ping(): void {
    this.client?.query('select 1').catch(() => undefined);
  }

  private async connect(): Promise<void> {
    if (this.isConnecting || this.isStopped) return;
    this.isConnecting = true;
    const client = createListeningClient(this.database.server.url);
    client.on('error', () => undefined);
    client.once('end', () => this.reconnectAfter(client));
    client.on('notification', ({ channel, payload }) => {
      this.wake(channel, { kind: 'notified', payload: payload ?? '' });
    });
    try {
      await client.connect();
      await this.subscribeAll(client);
      this.retryMs = FIRST_RETRY_MS;
    } catch (error) {
      this.logger.warn({ event: 'database_listener_disconnected', reason: String(error) });
      // Ends a half-open connection; 'end' then schedules the next attempt.
      await client.end().catch(() => undefined);
      this.scheduleReconnect();
    } finally {
      this.isConnecting = false;
    }
  }

  /** Channels added while an earlier LISTEN was under way are seen by the loop, too. */
  private async subscribeAll(client: pg.Client): Promise<void> {
    for (const channel of this.handlers.keys()) {
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    }
    this.client = client;
    for (const channel of this.handlers.keys()) this.wake(channel, { kind: 'connected' });
    if (this.isStopped) await client.end();
  }

  private async subscribe(
    client: pg.Client,
    channel: string,
    handler: WakeUpHandler,
  ): Promise<void> {
    try {
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.call(channel, handler, { kind: 'connected' });
    } catch (error) {
      // The connection is gone: the next one listens to every channel.
      this.logger.warn({ event: 'database_listen_failed', channel, reason: String(error) });
    }
  }

  private reconnectAfter(ended: pg.Client): void {
    if (this.client !== ended) return;
    this.client = undefined;
    this.scheduleReconnect();
  }

  private scheduleReconnect(): void {
    if (this.isStopped) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.connect(), this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, MAX_RETRY_MS);
  }

  private wake(channel: string, wakeUp: WakeUp): void {
    for (const handler of this.handlers.get(channel) ?? []) this.call(channel, handler, wakeUp);
  }

  /** One listener's fault must not cost the others their wake-up. */
  private call(channel: string, handler: WakeUpHandler, wakeUp: WakeUp): void {
    try {
      handler(wakeUp);
    } catch (error) {
      this.logger.error({ event: 'database_wake_up_failed', channel, reason: String(error) });
    }
  }
}
