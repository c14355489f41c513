import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HookRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers as told: the next of its answers, the last one for ever. */
export class HookServer {
  readonly requests: HookRequest[] = [];

  private constructor(
    readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(
    answers: readonly ((response: ServerResponse) => void)[],
  ): Promise<HookServer> {
    const requests: HookRequest[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const answer = answers[Math.min(requests.length, answers.length - 1)];
        requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        answer?.(response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const hookServer = new HookServer(`http://127.0.0.1:${port}/hook`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return Object.assign(hookServer, { requests });
  }
}

export const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end('a body that nobody reads');
  };
