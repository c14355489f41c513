import type { ChildProcess } from 'node:child_process';
import { nextMessage, startChild, stopChild } from '../report/child.js';
import type { MeasuredServer } from './measured-server.js';
import type { LoadOrder, LoadResult } from './messages.js';

/** The process that sends leads, to one server at a time. */
export class Loader {
  private readonly child: ChildProcess = startChild(import.meta.url, './load-process.ts');
  private orders = 0;

  /** Thaws the server for as long as it takes. @throws when a request is not answered with 200 */
  async fire(server: MeasuredServer, connections: number, requests: number): Promise<LoadResult> {
    server.thaw();
    this.orders += 1;
    const series = `${process.pid}-${this.orders}`;
    const order: LoadOrder = { url: server.url, connections, requests, series };
    const answer = nextMessage<LoadResult>(this.child);
    this.child.send(order);
    const result = await answer;
    server.freeze();
    if (result.failures > 0) throw new Error(`${server.kind}: ${result.failures} requests failed`);
    return result;
  }

  stop(): Promise<void> {
    return stopChild(this.child);
  }
}
