#!/usr/bin/env node
import { runCommand } from './run-command.js';

// A reader that has seen enough (head, less) is no error.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2));

// `npm run wfaib` starts in the folder of the package; files are named from where it was typed.
const { INIT_CWD: typedIn, npm_lifecycle_event: script } = process.env;
if (script === 'wfaib' && typedIn !== undefined) process.chdir(typedIn);

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
