/** Ends a command with one sentence for whoever typed it; no stack is shown. */
export class CommandFailure extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CommandFailure';
  }
}
