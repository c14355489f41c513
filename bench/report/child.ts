import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LOADER = fileURLToPath(new URL('../../test/support/register-typescript.js', import.meta.url));

/**
 * Runs a TypeScript file as a process that talks in messages and ends with this one.
 *
 * @param from URL of the module that the file's path is relative to
 */
export function startChild(from: string, file: string, args: readonly string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(file, from)), args, {
    // The young generation that `npm start` gives the server, for all that is measured beside it, too.
    execArgv: ['--no-warnings', '--max-semi-space-size=64', '--import', LOADER],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** In such a process: answers each message with what its work comes to, and ends where it fails. */
export function answerMessages<Message, Answer>(work: (message: Message) => Promise<Answer>): void {
  process.on('message', (message: Message) => {
    work(message).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

/** @throws when the process ends instead of answering */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  const onExit = (): void => ended.abort(new Error('A process of the benchmark ended early'));
  child.once('exit', onExit);
  try {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [Message];
    return message;
  } finally {
    child.off('exit', onExit);
  }
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}
