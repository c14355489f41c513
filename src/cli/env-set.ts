import { runCommand } from './command/run-command.js';
import { ENV_SET } from './environment/env-set-command.js';

process.exitCode = await runCommand(ENV_SET);
