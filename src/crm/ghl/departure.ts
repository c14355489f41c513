/**
 * The moment at which a request leaves. Nothing of it is written before the connection stands; then
 * it is asked once more whether it may go, and it goes in the same turn of the event loop, so that
 * a process that was stopped for a while sends nothing of which it no longer knows whether it should.
 */
export class Departure {
  private state: 'waiting' | 'left' | 'held_back' | 'given_up' = 'waiting';

  /** @param mayLeave asked when the connection stands */
  constructor(private readonly mayLeave: () => boolean) {}

  /** False: the other side has certainly seen nothing of the request. */
  get hasLeft(): boolean {
    return this.state === 'left';
  }

  /** True when it was not allowed to leave. */
  get wasHeldBack(): boolean {
    return this.state === 'held_back';
  }

  /** Whether the request is written now. It is so once at most, whatever is tried beneath. */
  leave(): boolean {
    if (this.state !== 'waiting') return false;
    this.state = this.mayLeave() ? 'left' : 'held_back';
    return this.state === 'left';
  }

  /** Nobody waits for it any more: what has not left will not. */
  giveUp(): void {
    if (this.state === 'waiting') this.state = 'given_up';
  }
}
