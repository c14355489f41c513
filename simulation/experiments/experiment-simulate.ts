import { runCommand } from '#product/cli/command/run-command.js';
import { parseSimulationOptions, USAGE } from './simulation-options.js';
import { formatSimulation, runSimulation } from './simulation-report.js';

/** `npm run experiment:simulate`: exit code 0 when every promised error rate holds, 1 when one is broken, 2 on bad arguments. */
process.exitCode = await runCommand({
  usage: USAGE,
  parse: parseSimulationOptions,
  run: (options) => {
    const result = runSimulation(options);
    process.stdout.write(formatSimulation(result));
    return Promise.resolve(result.broken.length === 0 ? 0 : 1);
  },
});
