import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackage, packageFolders } from './package-folders.js';
import { runsFromSource } from './plugin-packages.js';

/** Memory walls of a connector child, in MiB. */
export interface ChildLimits {
  heapMb: number;
  /** Everything, buffers included; the child is killed above it. */
  residentMb: number;
}

export const defaultChildLimits: ChildLimits = { heapMb: 384, residentMb: 768 };

/** Data memory that Node reserves at its start without using it (thread stacks, heap cages), measured with Node 24. */
const reservedMb = 640;

const here = dirname(fileURLToPath(import.meta.url));
const serverSources = dirname(here);
const extension = runsFromSource ? '.ts' : '.js';

/**
 * The command line of a connector child: Node's permission model on (no files but those of its packages, no processes, no
 * workers, no add-ons), a heap limit, and, where the machine has them, a limit on data memory and the wish to die with the server.
 * The permission model does not close the network: the egress guard inside the child does that.
 */
export function childCommand(pluginFolders: string[], limits: ChildLimits): { file: string; args: string[] } {
  const node = [process.execPath, ...nodeFlags(readableFolders(pluginFolders), limits), entryFile()];
  const walls = process.platform === 'linux' ? linuxWalls(limits) : [];
  const [file, ...args] = [...walls, ...node];
  return { file: file!, args };
}

function entryFile(): string {
  return join(here, 'child', `host-process${extension}`);
}

function nodeFlags(readable: string[], limits: ChildLimits): string[] {
  return [
    '--permission',
    ...readable.map((folder) => `--allow-fs-read=${folder}${sep}*`),
    `--max-old-space-size=${limits.heapMb}`,
    '--max-semi-space-size=16',
    '--no-warnings',
    '--no-global-search-paths',
    ...(runsFromSource ? sourceFlags() : []),
  ];
}

/** Tests run from the sources: types are stripped and `.js` in imports means `.ts`. */
function sourceFlags(): string[] {
  const hooks = join(here, 'child', 'source-resolve.ts');
  return ['--conditions=@wfaib/source', '--experimental-transform-types', `--import=${hooks}`];
}

function linuxWalls(limits: ChildLimits): string[] {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(existsSync);
  const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find(existsSync);
  return [
    ...(setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--no-new-privs']),
    ...(prlimit === undefined ? [] : [prlimit, `--data=${(limits.residentMb + reservedMb) * 1024 * 1024}`, '--core=0']),
  ];
}

/** Code of the host itself, the SDK, the HTTP client, and the plugins with all they depend on. */
function readableFolders(pluginFolders: string[]): string[] {
  const own = ['connectors', 'egress', 'errors'].map((room) => join(serverSources, room));
  const packages = new Set<string>();
  for (const name of ['@wfaib/sdk', 'undici']) {
    const folder = findPackage(name, serverSources);
    if (folder !== undefined) packageFolders(folder, packages);
  }
  for (const folder of pluginFolders) packageFolders(folder, packages);
  return [...own, ...packages];
}
