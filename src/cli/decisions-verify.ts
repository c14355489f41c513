import 'reflect-metadata';
import { runCommand } from './command/run-command.js';
import { DECISIONS_VERIFY } from './decisions/decisions-verify-command.js';

process.exitCode = await runCommand(DECISIONS_VERIFY);
