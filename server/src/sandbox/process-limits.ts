import { existsSync } from 'node:fs';

/** Limits the system keeps for a child, whatever its code does. */
export interface ProcessLimits {
  /** Address space in MiB; the real wall against memory that V8 does not count. */
  addressSpaceMb: number;
  /** CPU seconds over the life of the child; ends one that nobody can stop any more. */
  cpuSeconds: number;
  openFiles: number;
}

const find = (name: string): string | undefined =>
  ['/usr/bin', '/bin', '/usr/sbin'].map((dir) => `${dir}/${name}`).find((path) => existsSync(path));

/**
 * The command line that runs `command` within `limits`, and ends it when the server dies.
 * Uses util-linux (`setpriv`, `prlimit`); where these are missing the limits that V8 and the pool keep must do.
 * @see prlimit(1), setpriv(1)
 */
export function limited(command: string, args: string[], limits: ProcessLimits): { command: string; args: string[] } {
  const setpriv = find('setpriv');
  const prlimit = find('prlimit');
  const words = [
    ...(setpriv ? [setpriv, '--pdeathsig', 'KILL', '--no-new-privs'] : []),
    ...(prlimit
      ? [
          prlimit,
          `--as=${limits.addressSpaceMb * 1_048_576}`,
          `--cpu=${limits.cpuSeconds}`,
          `--nofile=${limits.openFiles}`,
          '--core=0',
        ]
      : []),
    command,
    ...args,
  ];
  return { command: words[0]!, args: words.slice(1) };
}
