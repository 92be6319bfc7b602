import { spawn } from 'node:child_process';
import { Stop } from './say.mjs';

/**
 * Runs a command to its end and answers what it printed.
 * Throws {@link Stop} with `sorry` and the last lines it printed when it fails or is not there.
 */
export function run(command, args, { sorry, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const fail = (reason) => reject(new Stop(`${sorry} (${reason})\n${lastLines(output)}`.trim()));
    child.on('error', (error) => fail(error.code === 'ENOENT' ? `${command} is not installed` : error.message));
    child.on('close', (code, signal) => (code === 0 ? resolve(output) : fail(signal ?? `exit code ${code}`)));
  });
}

function lastLines(output) {
  return output
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `    ${line}`)
    .join('\n');
}
