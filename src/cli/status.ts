import { runCommand } from './command/run-command.js';
import { STATUS } from './status/status-command.js';

process.exitCode = await runCommand(STATUS);
