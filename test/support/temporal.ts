import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, statSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection } from '@temporalio/worker';
import { freePort } from './free-port.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const workflows = join(root, 'server/src/engine/temporal/workflows');
const bundle = join(root, 'server/dist/engine/temporal/workflow-bundle.cjs');

/** Plain JavaScript, shared with `npm start`: a spec runs the Temporal that people get. */
interface TemporalLauncher {
  findTemporal(): Promise<string | undefined>;
  devServerArguments(options: { port: number; dbFile: string }): string[];
}

/** A Temporal of a spec's own. */
export interface TestTemporal {
  /** Settings that connect a server to it. */
  env: Record<string, string>;
  address: string;
  namespace: string;
  /** Makes another namespace, and waits until it is known. */
  addNamespace(name: string): Promise<void>;
  /** Ends it at once; what it had is kept. */
  stop(): Promise<void>;
  /** Brings it up again on the same port: with what it had, or as a new one that knows nothing. */
  start(options?: { anew?: boolean }): Promise<void>;
  /** Ends it and drops what it had. Call it in `afterAll`. */
  drop(): Promise<void>;
}

/**
 * Starts the Temporal dev server as `npm start` does, on a free port, and sees to it that the bundle of the Temporal
 * workflows is not older than they are. @throws where this machine has no Temporal and cannot get one
 */
export async function startTestTemporal(): Promise<TestTemporal> {
  const launcher = (await import(join(root, 'scripts/launcher/temporal.mjs'))) as TemporalLauncher;
  const binary = await launcher.findTemporal();
  if (binary === undefined) throw new Error('There is no Temporal here. Set WFAIB_TEMPORAL_BIN to its CLI.');
  await ensureBundle();
  const folder = mkdtempSync(join(tmpdir(), 'wfaib-test-temporal-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const namespace = 'wfaib';
  let made = 0;
  let child: ChildProcess | undefined;

  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child!.once('close', resolve));
    child.kill('SIGKILL');
    await closed;
  };
  const start = async ({ anew = false } = {}) => {
    if (anew) made += 1;
    const args = launcher.devServerArguments({ port, dbFile: join(folder, `temporal-${made}.db`) });
    child = spawn(binary, args, { stdio: 'ignore', cwd: folder });
    await untilAnswers(address, namespace, child);
  };
  const drop = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await drop();
    throw error;
  }
  const env = { WFAIB_ENGINE: 'temporal', TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const addNamespace = async (name: string) => {
    const connection = await NativeConnection.connect({ address });
    const day = { seconds: 86_400 };
    await connection.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: day as never,
    });
    await connection.close();
    await untilAnswers(address, name, child!);
  };
  return { env, address, namespace, addNamespace, start, stop, drop };
}

async function untilAnswers(address: string, namespace: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 30_000; ;) {
    try {
      const connection = await NativeConnection.connect({ address });
      await connection.workflowService.describeNamespace({ namespace }).finally(() => connection.close());
      return;
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`Temporal ended with code ${child.exitCode}.`, { cause: error });
      if (Date.now() > end) throw new Error('Temporal did not answer within 30 seconds.', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Makes the bundle of the Temporal workflows as the build does, where there is none or its sources are newer. */
export async function ensureBundle(): Promise<string> {
  const newest = Math.max(...readdirSync(workflows).map((name) => statSync(join(workflows, name)).mtimeMs));
  if ((statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0) > newest) return bundle;
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(workflows, 'index.ts'),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  });
  await mkdir(dirname(bundle), { recursive: true });
  await writeFile(`${bundle}.new`, code);
  await rename(`${bundle}.new`, bundle);
  return bundle;
}
