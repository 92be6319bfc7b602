import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKey, startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';

const cli = fileURLToPath(new URL('../../server/dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wfaib-cli-'));
const file = join(folder, 'invoices.json');

const invoices = {
  settings: { timezone: 'UTC' },
  connections: [
    { to: { port: 'main', node: 'total' }, from: { port: 'main', node: 'start' } },
    { from: { node: 'total', port: 'main' }, to: { node: 'pause', port: 'main' } },
  ],
  nodes: [
    { type: 'core.manual', name: 'Start', id: 'start' },
    {
      id: 'total',
      name: 'Total',
      type: 'core.code',
      parameters: { mode: 'each', code: 'console.log("adding up");\nreturn { total: $json.qty * 2 };' },
    },
    { id: 'pause', name: 'Pause', type: 'core.wait', parameters: { for: '1s' } },
  ],
  name: 'Invoices',
  wfaib: 1,
};

interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

let wfaib: Installation;
let id: string;

beforeAll(async () => {
  wfaib = await startInstallation();
  id = (await wfaib.call<{ id: string }>('POST', '/api/workflows', invoices)).body.id;
});

afterAll(async () => {
  await wfaib?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command line in the folder of the files, as a person would. */
function run(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', WFAIB_URL: wfaib.url, WFAIB_API_KEY: apiKey, ...environment },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output, errors })));
}

const read = () => JSON.parse(readFileSync(file, 'utf8')) as typeof invoices;

function edit(change: (document: typeof invoices) => void): void {
  const document = read();
  change(document);
  writeFileSync(file, JSON.stringify(document));
}

describe('wfaib, the command', () => {
  it('pulls a workflow to a file that stays the same over push and pull', async () => {
    expect(await run(['workflow', 'pull', 'Invoices'])).toMatchObject({ code: 0, errors: '' });
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('{\n  "wfaib": 1,\n  "name": "Invoices",\n  "nodes": [\n')).toBe(true);
    expect(read()).toEqual(invoices);
    writeFileSync(file, JSON.stringify(invoices));
    expect((await run(['workflow', 'push', file])).output).toContain('unchanged');
    expect((await run(['workflow', 'pull', id])).output).toContain('unchanged');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('saves an edited file, and shows before what it changes', async () => {
    edit(({ nodes }) => (nodes[1]!.parameters!.code = 'console.log("adding up");\nreturn { total: $json.qty * 3 };'));
    const diff = await run(['workflow', 'diff', 'invoices.json']);
    expect(diff.code).toBe(1);
    expect(diff.output).toContain('~ node "Total" (total)');
    expect(diff.output).toContain('- return { total: $json.qty * 2 };');
    expect(diff.output).toContain('+ return { total: $json.qty * 3 };');
    expect(await run(['workflow', 'push', 'invoices.json'])).toMatchObject({ code: 0 });
    expect(await run(['workflow', 'diff', 'invoices.json'])).toMatchObject({ code: 0, output: 'No difference.\n' });
  });

  it('saves nothing over what somebody else saved, says what differs and how to go on', async () => {
    const theirs = { ...read(), name: 'Invoices of somebody' };
    expect((await wfaib.call('PUT', `/api/workflows/${id}`, theirs, { 'if-match': '*' })).status).toBe(200);
    edit(({ nodes }) => (nodes[2]!.name = 'Rest'));
    const push = await run(['workflow', 'push', 'invoices.json']);
    expect(push.code).toBe(1);
    expect(push.output).toContain('name: "Invoices of somebody" -> "Invoices"');
    expect(push.output).toContain('name: "Pause" -> "Rest"');
    expect(push.errors).toContain('--force');
    const pull = await run(['workflow', 'pull', id]);
    expect(pull).toMatchObject({ code: 1 });
    expect(read().nodes[2]!.name).toBe('Rest');
    const machine = await run(['workflow', 'push', 'invoices.json', '--json']);
    expect(JSON.parse(machine.errors)).toMatchObject({ error: { code: 'workflow.conflict', base: 2, revision: 3 } });
    expect(await run(['workflow', 'push', 'invoices.json', '--force'])).toMatchObject({ code: 0 });
    const { body } = await wfaib.call<{ draft: typeof invoices }>('GET', `/api/workflows/${id}`);
    expect(body.draft).toMatchObject({ name: 'Invoices', nodes: [{}, {}, { name: 'Rest' }] });
  });

  it('publishes what was pushed, and lists it', async () => {
    expect(await run(['workflow', 'publish', 'invoices.json'])).toMatchObject({ code: 0 });
    const list = await run(['workflow', 'list', '--json']);
    expect(JSON.parse(list.output)).toMatchObject([{ id, name: 'Invoices', live: 1, revision: 4 }]);
  });

  it('runs a workflow and waits for its end, and follows its events', async () => {
    writeFileSync(join(folder, 'input.json'), '{ "qty": 7 }');
    const started = await run(['run', 'Invoices', '--input', 'input.json']);
    const runId = started.output.trim();
    const followed = await run(['logs', runId, '--follow']);
    expect(followed.code).toBe(0);
    const lines = followed.output.trim().split('\n');
    expect(lines[0]).toContain('run.created');
    expect(followed.output).toContain('log: adding up');
    expect(lines.at(-1)).toContain('run.finished succeeded');
    const logs = await run(['logs', runId]);
    expect(logs.output).toContain('adding up');
    const waited = await run(['run', 'Invoices', '--input', 'input.json', '--wait', '--json']);
    expect(waited.code).toBe(0);
    expect(JSON.parse(waited.output)).toMatchObject({
      status: 'succeeded',
      result: { items: [{ json: { total: 21 } }] },
    });
  });

  it('runs the document in a file, and fails when the run does', async () => {
    const stop = { id: 'stop', name: 'Stop', type: 'core.stop', parameters: { message: 'Not today.' } };
    const link = { from: { node: 'start', port: 'main' }, to: { node: 'stop', port: 'main' } };
    writeFileSync(
      join(folder, 'stop.json'),
      JSON.stringify({ ...invoices, nodes: [invoices.nodes[0], stop], connections: [link] }),
    );
    const ended = await run(['run', 'stop.json', '--wait']);
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.output).toContain('Not today.');
  });

  it('lists the problems of a file', async () => {
    writeFileSync(
      join(folder, 'wrong.json'),
      JSON.stringify({ ...invoices, connections: [], nodes: [{ id: 'a', name: 'A', type: 'core.sett' }] }),
    );
    const ended = await run(['workflow', 'validate', 'wrong.json']);
    expect(ended.code).toBe(1);
    expect(ended.output).toContain('node.typeUnknown');
  });

  it('says in a sentence why it could not do it', async () => {
    const wrongKey = await run(['workflow', 'list'], { WFAIB_API_KEY: 'wrong' });
    expect(wrongKey).toMatchObject({
      code: 2,
      errors: expect.stringContaining('does not accept this API key') as string,
    });
    const nobody = await run(['workflow', 'list', '--url', 'http://127.0.0.1:1']);
    expect(nobody).toMatchObject({ code: 2, errors: expect.stringContaining('No server answers at') as string });
    const noFile = await run(['workflow', 'push', 'none.json']);
    expect(noFile).toMatchObject({ code: 2, errors: expect.stringContaining('none.json') as string });
    expect(noFile.errors).not.toContain('    at ');
  });

  it('measures a server and leaves no workflow behind', async () => {
    const { code, output, errors } = await run(['bench', '--seconds', '0.5', '--json']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const rows = JSON.parse(output) as { workload: string; callers: number; ok: number; refused: object }[];
    expect(rows.map(({ workload, callers }) => `${workload} ${callers}`)).toEqual(
      ['reply, auto', 'reply, standard', 'reply, strict', 'reply, queue', 'code', '10 steps'].flatMap((name) => [
        `${name} 1`,
        `${name} 10`,
      ]),
    );
    // A busy machine refuses callers with 503; nothing else may go wrong.
    for (const { ok, refused } of rows)
      expect([ok > 0 || '503' in refused, Object.keys(refused).filter((status) => status !== '503')]).toEqual([
        true,
        [],
      ]);
    expect(rows[0]!.ok).toBeGreaterThan(0);
    expect((await run(['workflow', 'list', 'Bench'])).output).not.toContain('wfaib-bench');
  });

  it('says what a measurement wants before its table begins', async () => {
    const { code, output, errors } = await run(['bench'], { WFAIB_API_KEY: '' });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('API key');
  });

  it('says how a server is, and puts runs of its own under faults without losing or doubling any', async () => {
    const { code, output, errors } = await run([
      'doctor',
      '--chaos',
      '--runs',
      '2',
      '--data-dir',
      wfaib.dataDir,
      '--json',
    ]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { findings, chaos } = JSON.parse(output) as {
      findings: { what: string; state: string }[];
      chaos: { fault: string; runs: number; lost: string[]; doubled: string[]; ghosts: string[] }[];
    };
    expect(findings.find(({ what }) => what === 'database')).toMatchObject({ state: 'well' });
    expect(chaos).toHaveLength(6);
    for (const { runs, lost, doubled, ghosts } of chaos)
      expect({ runs, lost, doubled, ghosts }).toEqual({ runs: 2, lost: [], doubled: [], ghosts: [] });
    expect((await run(['workflow', 'list', 'doctor'])).output).not.toContain('WFAIB doctor');
  });
});
