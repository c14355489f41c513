import cliProgress from 'cli-progress';

/** Shows how far a phase has come. */
export interface Progress {
  begin(what: string, total: number): void;
  reach(done: number): void;
  end(): void;
}

/** A bar on a terminal; plain lines where the output goes to a file or a log. */
export function createProgress(output: NodeJS.WriteStream): Progress {
  return output.isTTY ? new ProgressBar(output) : new ProgressLines((line) => output.write(line));
}

class ProgressBar implements Progress {
  private bar: cliProgress.SingleBar | undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  begin(what: string, total: number): void {
    const format = `${what.padEnd(14)} {bar} {value}/{total}  {duration_formatted}`;
    this.bar = new cliProgress.SingleBar(
      { format, stream: this.stream, hideCursor: true, clearOnComplete: false },
      cliProgress.Presets.shades_classic,
    );
    this.bar.start(total, 0);
  }

  reach(done: number): void {
    this.bar?.update(done);
  }

  end(): void {
    this.bar?.stop();
  }
}

const TENTHS = 10;

/** A line for each tenth. */
export class ProgressLines implements Progress {
  private what = '';
  private total = 0;
  private shownTenths = 0;

  constructor(private readonly write: (line: string) => void) {}

  begin(what: string, total: number): void {
    this.what = what;
    this.total = total;
    this.shownTenths = 0;
  }

  reach(done: number): void {
    const tenths = this.total === 0 ? 0 : Math.floor((done / this.total) * TENTHS);
    if (tenths <= this.shownTenths) return;
    this.shownTenths = tenths;
    this.write(`${this.what} ${done}/${this.total}\n`);
  }

  end(): void {
    this.what = '';
  }
}
