import { runCommand } from './command/run-command.js';
import { SIMULATE } from './traffic/simulate-command.js';

process.exitCode = await runCommand(SIMULATE);
