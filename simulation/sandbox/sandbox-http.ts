import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal, type SandboxReply } from './sandbox-reply.js';

const MAX_BODY_BYTES = 1_000_000;

export type BodyReading =
  { readonly json: unknown; readonly refused?: undefined } | { readonly refused: SandboxReply };

/** An empty body reads as an empty object, as a body parser does it. */
export async function readJsonBody(request: IncomingMessage): Promise<BodyReading> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read on to the end, or the client would see a broken connection instead of the answer.
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (length > MAX_BODY_BYTES) return { refused: refusal(413, 'Payload Too Large') };
  try {
    return { json: length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString()) };
  } catch {
    return { refused: refusal(400, 'Unexpected token in JSON') };
  }
}

export function sendReply(response: ServerResponse, { status, body, headers }: SandboxReply): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
