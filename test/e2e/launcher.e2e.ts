import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';

const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const started: Installation[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const installation of started.splice(0)) await installation.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function up(options?: Parameters<typeof startInstallation>[0]): Promise<Installation> {
  const installation = await startInstallation(options);
  started.push(installation);
  return installation;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wfaib-launcher-'));
  folders.push(folder);
  return folder;
}

/** Runs the launcher until it ends by itself; answers what it said and its exit code. */
function runToEnd(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, WFAIB_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

async function portTakenBySomeone(): Promise<{ port: number; free: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

describe('npm start', () => {
  it('says which parts took how long, and ends all its children on Ctrl-C within ten seconds', async () => {
    const wfaib = await up();
    await expect.poll(() => wfaib.output()).toMatch(/ready in .+ once built: .*PostgreSQL .+ Server /);
    const pids = ['all', 'postgres', 'temporal', 'sandbox', 'connectors'].flatMap((role) => wfaib.pids(role));
    expect(pids.length).toBeGreaterThanOrEqual(4);
    const from = performance.now();
    await wfaib.stop({ keepData: true });
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('says that one is running when it is started twice in a folder', async () => {
    const wfaib = await up();
    const second = await runToEnd({ WFAIB_DATA_DIR: wfaib.dataDir });
    expect(second).toMatchObject({
      code: 1,
      output: expect.stringContaining('WFAIB is running in this folder already') as string,
    });
    expect(second.output).toContain(wfaib.url);
    expect((await wfaib.call('GET', '/health/ready')).status).toBe(200);
  });

  it('cleans up and keeps the data after the launcher itself was killed', async () => {
    const first = await up();
    const created = await first.call<{ id: string }>('POST', '/api/workflows', {
      wfaib: 1,
      name: 'Kept',
      nodes: [],
      connections: [],
    });
    const launcher = (JSON.parse(readFileSync(join(first.dataDir, 'launcher.json'), 'utf8')) as { pid: number }).pid;
    const children = ['all', 'postgres', 'temporal'].flatMap((role) => first.pids(role));
    process.kill(launcher, 'SIGKILL');
    const second = await up({ dataDir: first.dataDir });
    expect(children.filter(isAlive)).toEqual([]);
    expect(await second.call('GET', `/api/workflows/${created.body.id}`)).toMatchObject({
      status: 200,
      body: { name: 'Kept' },
    });
  });

  it('names the port that is taken and how to choose another', async () => {
    const { port, free } = await portTakenBySomeone();
    const { code, output } = await runToEnd({ WFAIB_DATA_DIR: newFolder(), WFAIB_PORT: `${port}` });
    free();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken by another program. Set WFAIB_PORT`);
  });

  it('names the folder that cannot be written', async () => {
    // Root may write everywhere, but not below a file.
    const folder = join(newFolder(), 'a-file', 'data');
    writeFileSync(join(folder, '..'), '');
    const { code, output } = await runToEnd({ WFAIB_DATA_DIR: folder });
    expect(code).toBe(1);
    expect(output).toContain(`The data folder ${folder} cannot be written`);
  });

  it('says in a sentence that the database cannot be reached, without its password', async () => {
    const { code, output } = await runToEnd({
      WFAIB_DATA_DIR: newFolder(),
      WFAIB_PORT: '3197',
      WFAIB_TEMPORAL_BIN: 'none',
      DATABASE_URL: 'postgres://nobody:hunter22@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/DATABASE_URL/);
    expect(output).not.toContain('hunter22');
  });

  it('names a setting that does not exist', async () => {
    const { code, output } = await runToEnd({
      WFAIB_DATA_DIR: newFolder(),
      WFAIB_PORT: '3198',
      WFAIB_TEMPORAL_BIN: 'none',
      WFAIB_PROT: '3000',
    });
    expect(code).toBe(1);
    expect(output).toContain('WFAIB_PROT');
  });

  it('runs on the queue engine where there is no Temporal, and says so', async () => {
    const wfaib = await up({ env: { WFAIB_TEMPORAL_BIN: 'none' } });
    await expect.poll(() => wfaib.output()).toContain('No Temporal here: workflows run on the queue engine');
    expect((await wfaib.call('GET', '/health/ready')).body).toMatchObject({ engine: 'queue' });
    const answer = await wfaib.call('POST', '/api/runs?wait=30s', {
      document: {
        wfaib: 1,
        name: 'Anything',
        nodes: [
          { id: 'start', name: 'Start', type: 'core.manual' },
          { id: 'set', name: 'Set', type: 'core.set', parameters: { fields: { a: '={{ 1 + 1 }}' } } },
        ],
        connections: [{ from: { node: 'start' }, to: { node: 'set' } }],
        settings: { durability: 'standard' },
      },
    });
    expect(answer.body).toMatchObject({
      status: 'succeeded',
      engine: 'queue',
      result: { items: [{ json: { a: 2 } }] },
    });
  });
});
