import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Named as it lies there: `npm run bench:ui` and the screenshots load this file without a build.
import { freePort } from './free-port.ts';
import { sendSignal } from './send-signal.ts';

const thisRoot = fileURLToPath(new URL('../../', import.meta.url));

export const owner = { email: 'owner@example.test', password: 'a long enough password' };
export const apiKey = 'wfaib_test_0123456789abcdef0123456789abcdef';

/** An answer of the API. */
export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A process of an installation. */
export interface InstallationProcess {
  role: string;
  pid: number;
  /** The server that started it. */
  parentPid?: number;
}

/** WFAIB as `npm start` brings it up, in a data folder of its own. */
export interface Installation {
  readonly url: string;
  readonly dataDir: string;
  /** Calls the API as the owner. A body that is not text is sent as JSON. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  /** Process ids of a role, as `processes.json` has them: `all`, `sandbox`, `connectors`, `postgres`, `temporal`… */
  pids(role: string): number[];
  /** All its processes of the moment, those of further servers on its data folder included. */
  processes(): InstallationProcess[];
  /** The server that the launcher keeps alive. */
  serverPid(): number;
  /** The process that keeps all others alive. */
  launcherPid(): number;
  /** The environment of its server: what another server on the same database needs. */
  environment(): Record<string, string>;
  /** Sends a signal to all processes of a role; answers how many there were. */
  signal(role: string, signal: NodeJS.Signals): number;
  /** Waits until `/health/ready` answers 200. */
  ready(): Promise<void>;
  /** What the launcher printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does. Keeps the data folder when asked. */
  stop(options?: { keepData?: boolean }): Promise<void>;
}

export interface InstallationOptions {
  /** Folder of the launcher. @defaultValue that of this checkout */
  root?: string;
  dataDir?: string;
  /** Settings on top of those of the owner; `undefined` takes one away. */
  env?: Record<string, string | undefined>;
}

/** Brings up an installation and waits until it is ready. */
export async function startInstallation({
  dataDir,
  env,
  root = thisRoot,
}: InstallationOptions = {}): Promise<Installation> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'wfaib-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  const launcher = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      WFAIB_DATA_DIR: folder,
      WFAIB_PORT: `${port}`,
      WFAIB_OWNER_EMAIL: owner.email,
      WFAIB_OWNER_PASSWORD: owner.password,
      WFAIB_API_KEY: apiKey,
      WFAIB_EGRESS_ALLOW: '127.0.0.0/8',
      ...env,
    },
  });
  const closed = new Promise<void>((resolve) => launcher.once('close', () => resolve()));
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));

  const pids = (role: string): number[] =>
    processesOf(folder)
      .filter((entry) => entry.role === role)
      .map(({ pid }) => pid);
  const installation: Installation = {
    url,
    dataDir: folder,
    call: (method, path, body, headers) => call(url, method, path, body, headers),
    pids,
    processes: () => processesOf(folder),
    serverPid: () => serverPid(folder),
    launcherPid: () => launcher.pid!,
    environment: () => environmentOf(serverPid(folder)),
    signal: (role, signal) => pids(role).filter((pid) => sendSignal(pid, signal)).length,
    ready: () => untilReady(url),
    output: () => output,
    stop: async ({ keepData = false } = {}) => {
      if (launcher.exitCode === null) launcher.kill('SIGINT');
      const late = setTimeout(() => launcher.kill('SIGKILL'), 20_000);
      await closed;
      clearTimeout(late);
      if (!keepData) rmSync(folder, { recursive: true, force: true });
    },
  };
  await Promise.race([untilReady(url), closed]).catch(async (error: unknown) => {
    await installation.stop();
    throw error;
  });
  if (launcher.exitCode !== null) throw new Error(`The installation did not start:\n${output}`);
  return installation;
}

async function call<Body>(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(path.startsWith('/api') ? { authorization: `Bearer ${apiKey}` } : {}),
      ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(90_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}

async function untilReady(url: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const status = await fetch(`${url}/health/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} was not ready within two minutes.`);
}

/** The servers' own list, and of what the launcher keeps alive the newest. */
function processesOf(folder: string): InstallationProcess[] {
  const listed = JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as InstallationProcess[];
  const kept = launcherChildren(folder).filter(({ role }) => role !== 'server');
  const roles = new Set(kept.map(({ role }) => role));
  return [...listed.filter(({ role }) => !roles.has(role)), ...kept.map(({ role, pid }) => ({ role, pid }))];
}

function launcherChildren(folder: string): InstallationProcess[] {
  return (JSON.parse(readFileSync(join(folder, 'launcher.json'), 'utf8')) as { children: InstallationProcess[] })
    .children;
}

const serverPid = (folder: string): number => launcherChildren(folder).find(({ role }) => role === 'server')!.pid;

/** Environment of a process (Linux, proc(5)). */
function environmentOf(pid: number): Record<string, string> {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  return Object.fromEntries(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}
