import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model is asked to answer; absent values are null. */
export interface ScriptedAnswer {
  readonly budget?: { min: number | null; max: number | null; quote: string } | null;
  readonly timeline?: { value: string; quote: string } | null;
  readonly financing?: { value: string; quote: string } | null;
  readonly areas?: readonly { name: string; quote: string }[];
  readonly consent?: { value: string; quote: string } | null;
}

/** An answer, a status that fails, or text that is none; `hang` answers never. */
export type Script =
  ScriptedAnswer | { readonly status: number } | { readonly text: string } | 'hang';

export interface AskedPrompt {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The whole body as sent. */
  readonly body: string;
  /** The message as the model got to see it. */
  readonly message: string;
}

const NOTHING = { budget: null, timeline: null, financing: null, areas: [], consent: null };

/** A language model on this machine that speaks as OpenAI and as Anthropic do, and answers by a script. */
export class ModelServer {
  readonly asked: AskedPrompt[] = [];
  private script: (message: string) => Script = () => ({});
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<ModelServer> {
    const server = new ModelServer();
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  answers(script: Script | ((message: string) => Script)): void {
    this.script = typeof script === 'function' ? script : () => script;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    const message = messageIn(body);
    this.asked.push({ path, headers: request.headers, body, message });
    const script = this.script(message);
    if (script === 'hang') return;
    const status = 'status' in script ? script.status : 200;
    const text = 'text' in script ? script.text : JSON.stringify({ ...NOTHING, ...script });
    response.writeHead(status, { 'Content-Type': 'application/json' });
    const isTool = body.includes('"tools"');
    response.end(JSON.stringify(status === 200 ? completion(path, text, isTool) : { error: {} }));
  }
}

interface RequestBody {
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | readonly { readonly text: string }[];
  }[];
}

/** The question is JSON within the JSON of the request. */
function messageIn(body: string): string {
  const asked = (JSON.parse(body) as RequestBody).messages.find(({ role }) => role === 'user');
  const content = asked?.content ?? '';
  const question = typeof content === 'string' ? content : (content[0]?.text ?? '');
  return (JSON.parse(question) as { message: string }).message;
}

/** Older models of Anthropic's answer through a tool. */
function completion(path: string, text: string, isTool: boolean): object {
  if (path.endsWith('/messages')) {
    return {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'scripted',
      content: isTool
        ? [{ type: 'tool_use', id: 't', name: 'json', input: JSON.parse(text) as unknown }]
        : [{ type: 'text', text }],
      stop_reason: isTool ? 'tool_use' : 'end_turn',
      usage: { input_tokens: 900, output_tokens: 60 },
    };
  }
  return {
    id: 'c',
    object: 'chat.completion',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 },
  };
}
