import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const library = 'temporalio==1.18.0';
const folder = join(root, '.wfaib', 'python', library.replace('==', '-'));

/**
 * Starts `test/support/python/foreign_worker.py`, a Temporal worker that knows nothing of WFAIB, on the task queue
 * `python`. Gets Temporal's library for Python when it is not there yet.
 * @returns how to end it
 */
export async function startPythonWorker(environment: Record<string, string>): Promise<() => Promise<void>> {
  await ensureLibrary();
  const child = spawn('python3', [join(root, 'test/support/python/foreign_worker.py')], {
    env: { ...process.env, ...environment, PYTHONPATH: folder, EXAMPLES: join(root, 'docs/examples/temporal') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  return async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  };
}

async function ensureLibrary(): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  await promisify(execFile)('python3', [...args, '--target', draft, library]);
  await rename(draft, folder);
}

async function untilReady(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr!.on('data', (text: Buffer) => (said += text.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (text: Buffer) => text.includes('ready') && resolve());
    child.once('close', (code) =>
      reject(new Error(`The Python worker ended with code ${code}: ${said.slice(-2_000)}`)),
    );
  });
}
