import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/**
 * The moment at which a request leaves. Nothing of it is written before the connection stands; then
 * it is asked once more whether it may go, and it goes in the same turn of the event loop, so that
 * a process that was stopped for a while sends nothing of which it no longer knows whether it should.
 */
export class Departure {
  private state: 'waiting' | 'left' | 'held_back' = 'waiting';

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

  /** What axios takes for `transport`. */
  get transport(): { request: typeof httpRequest } {
    const request = (options: RequestOptions, onReply: (reply: IncomingMessage) => void) =>
      this.guard(
        options.protocol === 'https:'
          ? httpsRequest(options, onReply)
          : httpRequest(options, onReply),
      );
    return { request: request as typeof httpRequest };
  }

  private guard(request: ClientRequest): ClientRequest {
    const end = request.end.bind(request);
    const body: Uint8Array[] = [];
    request.write = (chunk: unknown) => {
      body.push(asBytes(chunk));
      return true;
    };
    request.end = () => {
      whenConnected(request, () => this.leave(request, () => end(Buffer.concat(body))));
      return request;
    };
    return request;
  }

  private leave(request: ClientRequest, send: () => void): void {
    if (request.destroyed) return;
    if (this.mayLeave()) {
      this.state = 'left';
      send();
      return;
    }
    this.state = 'held_back';
    request.destroy(new Error('held back'));
  }
}

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}

function whenConnected(request: ClientRequest, proceed: () => void): void {
  const look = (socket: Socket): void => {
    if (socket.connecting) socket.once('connect', () => look(socket));
    else if (isShakingHands(socket)) socket.once('secureConnect', proceed);
    else proceed();
  };
  if (request.socket === null) request.once('socket', look);
  else look(request.socket);
}

function isShakingHands(socket: Socket): boolean {
  return 'secureConnecting' in socket && socket.secureConnecting === true;
}
