import { parseArgs } from 'node:util';
import { WfaibError } from '../errors/wfaib.errors.js';
import { CommandRefused, UsageWrong, type ExitCode } from './cli.errors.js';
import type { Command, CommandCall } from './command.types.js';
import { commands } from './commands.js';
import { generalHelp, helpOf } from './help.js';
import { Output } from './output.js';
import { ApiClient } from './server/api-client.js';

export interface Surroundings {
  environment: Record<string, string | undefined>;
  write(text: string): void;
  writeError(text: string): void;
}

const sharedOptions = {
  url: { type: 'string' },
  'api-key': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const defaultUrl = 'http://127.0.0.1:3000';

/**
 * Runs the command that `args` ask for.
 * @returns 0 when it is done, 1 when the answer is no (a run failed, files differ, somebody saved meanwhile), 2 when it
 * could not be done (wrong usage, no server, no file)
 */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const isJson = args.includes('--json');
  try {
    const command = findCommand(args);
    if (command === undefined) {
      const isAsked = args.length === 0 || args.includes('--help') || args.includes('-h');
      if (!isAsked) throw new UsageWrong(`There is no command "${args.slice(0, 2).join(' ')}". See wfaib --help.`);
      surroundings.write(generalHelp(commands));
      return 0;
    }
    const parsed = parse(command, args.slice(command.name.split(' ').length));
    if (parsed.values['help'] === true) {
      surroundings.write(helpOf(command));
      return 0;
    }
    return await command.run(callOf(parsed, surroundings));
  } catch (error) {
    surroundings.writeError(told(error, isJson));
    return error instanceof CommandRefused ? 1 : 2;
  }
}

function findCommand(args: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
}

interface Parsed {
  values: Record<string, unknown>;
  names: string[];
}

function parse(command: Command, args: string[]): Parsed {
  const options = { ...sharedOptions, ...command.options };
  let read: { values: Record<string, unknown>; positionals: string[] };
  try {
    read = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageWrong(`${(error as Error).message.split('. ')[0]}. See wfaib ${command.name} --help.`);
  }
  const { values, positionals: names } = read;
  const [least, most] = command.names;
  if (values['help'] !== true && (names.length < least || names.length > most))
    throw new UsageWrong(`Usage: wfaib ${command.name} ${command.usage}`);
  return { values, names };
}

function callOf({ values, names }: Parsed, { environment, write }: Surroundings): CommandCall {
  const text = (option: string) => values[option] as string | undefined;
  const url = text('url') ?? environment['WFAIB_URL'] ?? defaultUrl;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageWrong(`"${url}" is no address of a server; it looks like ${defaultUrl}.`);
  const apiKey = text('api-key') ?? environment['WFAIB_API_KEY'];
  return {
    output: new Output(values['json'] === true, write),
    api: new ApiClient({ url, apiKey }),
    names,
    text,
    isSet: (option) => values[option] === true,
  };
}

/** A sentence for what a person can mend; the stack only for what nobody foresaw. */
function told(error: unknown, isJson: boolean): string {
  const isForeseen = error instanceof WfaibError;
  const code = isForeseen ? error.code : 'cli.broken';
  const message = error instanceof Error ? error.message : String(error);
  if (isJson) return `${JSON.stringify({ error: { code, message, ...(isForeseen ? error.details() : {}) } })}\n`;
  return `${isForeseen ? message : ((error as Error).stack ?? message)}\n`;
}
