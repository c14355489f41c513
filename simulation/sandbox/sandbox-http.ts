import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 1_000_000;

export type BodyReading =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly message: string };

/** An empty body reads as an empty object, as a body parser does it. */
export async function readJsonBody(request: IncomingMessage): Promise<BodyReading> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read on to the end, or the client would see a broken connection instead of the answer.
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (length > MAX_BODY_BYTES) return { ok: false, status: 413, message: 'Payload Too Large' };
  try {
    return { ok: true, json: length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString()) };
  } catch {
    return { ok: false, status: 400, message: 'Unexpected token in JSON' };
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
