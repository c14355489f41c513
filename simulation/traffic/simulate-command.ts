import { CommandFailure } from '#product/cli/command/command-failure.js';
import { connect } from '#product/cli/command/connect.js';
import { loadOperatorEnvironment } from '#product/cli/command/operator-environment.js';
import type { Command } from '#product/cli/command/run-command.js';
import { createProgress } from './progress.js';
import { runSimulation, type SimulationRun } from './run-simulation.js';
import { parseSimulateOrder, SIMULATE_USAGE, type SimulateOrder } from './simulate.options.js';
import { simulationReport } from './simulation-report.js';

/** The shell's convention for a command that Ctrl-C has ended. */
const EXIT_INTERRUPTED = 130;

export const SIMULATE: Command<SimulateOrder> = {
  usage: SIMULATE_USAGE,
  parse: (args) => parseSimulateOrder(args, Date.now()),
  async run(order) {
    const environment = loadOperatorEnvironment();
    if (environment.usesLiveCrm && !order.intoLiveCrm) throw new CommandFailure(LIVE_CRM_REFUSAL);
    const client = connect(environment, order.url);
    const progress = createProgress(process.stdout);
    const run = await runSimulation(order, client, progress, abortOnInterrupt());
    process.stdout.write(`\n${simulationReport(run)}`);
    return exitCode(run);
  },
};

const LIVE_CRM_REFUSAL =
  'GHL_ACCESS_TOKEN is set and GHL_API_BASE_URL is not, so the server writes to GoHighLevel itself, ' +
  'where made-up contacts do not exist: unset the token to use the sandbox, or add --into-live-crm.';

/** The first Ctrl-C ends the run with its table, the second one ends the process. */
function abortOnInterrupt(): AbortSignal {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  return interruption.signal;
}

function exitCode({ interrupted, counts }: SimulationRun): number {
  if (interrupted) return EXIT_INTERRUPTED;
  return counts.refused.size > 0 || counts.unanswered > 0 ? 1 : 0;
}
