import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one piece of work has in common. */
export interface RequestContext {
  /** One id from the delivery to the CRM call it caused. */
  readonly correlationId: string;
}

/** One per process by the nature of AsyncLocalStorage: the store travels with the work, not with an instance. */
const storage = new AsyncLocalStorage<RequestContext>();

/** Entered by the HTTP middleware for a request, and by the effect worker for an effect. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Undefined outside any request: at start, in timers. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore()?.correlationId;
}
