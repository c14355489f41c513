import { runCommand } from './command/run-command.js';
import { SEND_LEAD } from './lead/send-lead-command.js';

process.exitCode = await runCommand(SEND_LEAD);
