import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one piece of work has in common: from a request to the CRM calls that it leads to. */
export interface RequestContext {
  /** Of the HTTP request. */
  readonly correlationId?: string;
  /** The delivery that is decided, or that the effect goes back to: the same in its request and in its effects. */
  deliveryId?: string | null;
  /** The effect that is carried out. */
  readonly effectId?: number;
}

/** One per process by the nature of AsyncLocalStorage: the store travels with the work, not with an instance. */
const storage = new AsyncLocalStorage<RequestContext>();

/** Entered for a request, for each delivery that is decided, and for each effect that is carried out. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run({ ...context }, work);
}

/** Called once a request has been read: what it logs from then on bears the delivery's id. */
export function nameDelivery(deliveryId: string): void {
  const context = storage.getStore();
  if (context !== undefined) context.deliveryId = deliveryId;
}

/** Empty outside any work: at start, in timers. */
export function currentRequestContext(): Readonly<RequestContext> {
  return storage.getStore() ?? {};
}
