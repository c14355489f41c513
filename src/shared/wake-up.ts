/** Lets one loop sleep until somebody signals or a time has passed; a signal while it is awake is not lost. */
export class WakeUp {
  private signalled = false;
  private release: (() => void) | undefined;

  signal(): void {
    this.signalled = true;
    this.release?.();
  }

  async wait(timeoutMs: number): Promise<void> {
    if (!this.signalled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.release = undefined;
    }
    this.signalled = false;
  }
}
