import { runCommand } from './command/run-command.js';
import { KEY_CREATE } from './key/key-create-command.js';

process.exitCode = await runCommand(KEY_CREATE);
