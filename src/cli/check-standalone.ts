import { runCommand } from './command/run-command.js';
import { CHECK_STANDALONE } from './standalone/check-standalone-command.js';

process.exitCode = await runCommand(CHECK_STANDALONE);
