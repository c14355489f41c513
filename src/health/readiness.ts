import { Injectable, type OnModuleDestroy } from '@nestjs/common';

export type ReadinessState = 'starting' | 'ready' | 'draining';

/**
 * Whether this process wants traffic. `createApp` says when it does; from the first moment of
 * shutting down it no longer does, and never will again.
 */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private current: ReadinessState = 'starting';

  get state(): ReadinessState {
    return this.current;
  }

  markReady(): void {
    if (this.current === 'starting') this.current = 'ready';
  }

  startDraining(): void {
    this.current = 'draining';
  }

  /** The earliest hook of a shutdown: load balancers should look elsewhere before the server closes. */
  onModuleDestroy(): void {
    this.startDraining();
  }
}
