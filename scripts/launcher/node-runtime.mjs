import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { run } from './run.mjs';
import { part } from './say.mjs';

const wanted = 24;
const folder = join(toolsDir, 'node');

/**
 * Makes sure that Node 24 runs the rest: when this Node is older, the npm package with the binary is fetched and the
 * script starts again in it. Answers only in the process that may go on.
 */
export async function ensureNode(script, args) {
  if (Number(process.versions.node.split('.')[0]) >= wanted) return usePathOf(process.execPath);
  const binary = installedBinary() ?? (await part('Getting Node 24', install));
  const child = spawn(binary, [script, ...args], { stdio: 'inherit', env: process.env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) => child.on('close', (exit, signal) => resolve(signal ? 1 : exit)));
  process.exit(code);
}

// npm and every child must find the same Node first.
function usePathOf(binary) {
  process.env.PATH = `${dirname(binary)}${delimiter}${process.env.PATH ?? ''}`;
}

function packageName() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${system}-${process.arch}`;
}

function installedBinary() {
  const file = join(folder, 'node_modules', packageName(), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  return existsSync(file) ? file : undefined;
}

// The platform package holds the binary itself, so no install script has to run.
async function install() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', `${packageName()}@${wanted}`],
    {
      cwd: folder,
      sorry: `Node ${process.versions.node} is too old and Node ${wanted} could not be fetched with npm. Install Node ${wanted} and try again`,
    },
  );
  const binary = installedBinary();
  if (!binary)
    throw new Error(`npm installed ${readFileSync(join(folder, 'package.json'), 'utf8')} but no Node binary is there`);
  return binary;
}
