import { runCommand } from '#product/cli/command/run-command.js';
import { SIMULATE } from './simulate-command.js';

process.exitCode = await runCommand(SIMULATE);
