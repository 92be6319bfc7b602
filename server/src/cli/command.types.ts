import type { ParseArgsOptionsConfig } from 'node:util';
import type { ExitCode } from './cli.errors.js';
import type { Output } from './output.js';
import type { ApiClient } from './server/api-client.js';

/** What a command was called with. */
export interface CommandCall {
  output: Output;
  /** The server of `--url` and `--api-key`. */
  api: ApiClient;
  /** What stands behind the name of the command. */
  names: string[];
  /** Value of an option that takes one. */
  text(option: string): string | undefined;
  isSet(option: string): boolean;
}

/** One command of `wfaib`. */
export interface Command {
  /** As it is typed, for example `workflow pull`. */
  name: string;
  /** What may stand behind the name, for example `<file> [other]`. */
  usage: string;
  /** One line. */
  summary: string;
  options: ParseArgsOptionsConfig;
  /** What each option is for. */
  help: Record<string, string>;
  /** Least and most names behind the command. */
  names: [least: number, most: number];
  run(call: CommandCall): Promise<ExitCode>;
}
