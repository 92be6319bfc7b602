import type { Command } from './command.types.js';

const sharedHelp = `
  --url <address>      the server (WFAIB_URL; default: http://127.0.0.1:3000)
  --api-key <key>      an API key of the server (WFAIB_API_KEY)
  --json               answer in JSON, for machines
`;

export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return `wfaib <command>: workflow documents as code\n\n${lines.join('\n')}\n${sharedHelp}
Exit codes: 0 done, 1 the answer is no, 2 it could not be done. More: wfaib <command> --help, docs/cli.md.\n`;
}

export function helpOf({ name, usage, summary, help, options }: Command): string {
  const lines = Object.entries(help).map(([option, text]) => {
    const shown = options[option]?.type === 'string' ? `--${option} <…>` : `--${option}`;
    return `  ${shown.padEnd(20)} ${text}\n`;
  });
  return `${`wfaib ${name} ${usage}`.trimEnd()}\n\n${summary}\n\n${lines.join('')}${sharedHelp.slice(1)}`;
}
