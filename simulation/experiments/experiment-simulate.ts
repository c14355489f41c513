import { parseSimulationOptions, USAGE } from './simulation-options.js';
import { formatSimulation, runSimulation } from './simulation-report.js';

/** `npm run experiment:simulate`: exit code 0 when every promised error rate holds, 1 when one is broken, 2 on bad arguments. */
function main(args: readonly string[]): number {
  const parsed = parseSimulationOptions(args);
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'invalid':
      process.stderr.write(`${parsed.errors.join('\n')}\n\n${USAGE}`);
      return 2;
    case 'options': {
      const result = runSimulation(parsed.options);
      process.stdout.write(formatSimulation(result));
      return result.broken.length === 0 ? 0 : 1;
    }
  }
}

process.exitCode = main(process.argv.slice(2));
