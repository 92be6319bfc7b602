import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../support/installation.js';
import { startServerProcess, type ServerProcess } from '../support/server-process.js';
import { ask, until } from './api.js';

/** Runs of the project that floods; `FAULTS_FLOOD` gives another number. */
const flood = Number(process.env['FAULTS_FLOOD'] ?? 2_000);
const few = 20;
const senders = 20;

/** A server that takes runs. The one that works starts when all are there, so that there is a queue to be fair about. */
let wfaib: Installation;
let db: Client;
let worker: ServerProcess | undefined;
beforeAll(async () => {
  wfaib = await startInstallation({ env: { WFAIB_ROLE: 'api' } });
  db = new Client({ connectionString: wfaib.environment()['DATABASE_URL'] });
  await db.connect();
});
afterAll(async () => {
  await db?.end();
  await worker?.end();
  await wfaib?.stop();
});

/** Publishes a workflow of three steps, in a project of its own. */
async function publish(path: string): Promise<string> {
  const names = ['hook', 'first', 'second'];
  const document = {
    wfaib: 1,
    name: path,
    nodes: [
      { id: 'hook', name: 'hook', type: 'core.webhook', parameters: { path, respond: 'immediately' } },
      { id: 'first', name: 'first', type: 'core.set', parameters: { fields: { a: 1 } } },
      { id: 'second', name: 'second', type: 'core.code', parameters: { code: 'return items' } },
    ],
    connections: names.slice(1).map((node, index) => ({ from: { node: names[index] }, to: { node } })),
    settings: { durability: 'standard' },
  };
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', document);
  expect((await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {})).status).toBe(200);
  const project = randomUUID();
  await db.query('INSERT INTO project (id, name) VALUES ($1, $2)', [project, path]);
  await db.query('UPDATE workflow SET project_id = $1 WHERE id = $2', [project, body.id]);
  await db.query('UPDATE webhook_route SET project_id = $1 WHERE workflow_id = $2', [project, body.id]);
  return body.id;
}

/** The server knows its webhooks by heart. */
async function restart(): Promise<void> {
  const pid = wfaib.serverPid();
  process.kill(pid, 'SIGTERM');
  await until('the server is started again', () => wfaib.serverPid() !== pid, 60_000);
  await wfaib.ready();
}

async function send(path: string, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) expect((await ask('POST', `${wfaib.url}/hooks/${path}`, { path }))?.status).toBe(202);
  };
  await Promise.all(Array.from({ length: senders }, one));
}

it(`${few} runs of one project do not wait for the ${flood} that another one started before`, async () => {
  const workflows = { flood: await publish('flood'), few: await publish('few') };
  await restart();
  await send('flood', flood);
  await send('few', few);
  const { rowCount } = await db.query('SELECT DISTINCT project_id FROM run');
  expect(rowCount).toBe(2);
  const from = Date.now();
  worker = await startServerProcess(wfaib.environment(), 'worker');
  const ends = async () => {
    const { rows } = await db.query<{ workflow: string; at: Date }>(
      'SELECT workflow_id AS workflow, ended_at AS at FROM run WHERE ended_at IS NOT NULL ORDER BY ended_at',
    );
    return rows;
  };
  await until('all have ended', async () => (await ends()).length === flood + few, 600_000);

  const rows = await ends();
  const secondsOf = (id: string) =>
    rows.filter(({ workflow }) => workflow === id).map(({ at }) => (+at - from) / 1_000);
  const at = (part: number, sorted: number[]) => sorted[Math.ceil(part * sorted.length) - 1]!;
  const table = Object.entries(workflows).map(([project, id]) => {
    const waited = secondsOf(id);
    return { project, runs: waited.length, 'waited p50 s': at(0.5, waited), 'p95 s': at(0.95, waited) };
  });
  console.table(table);
  const before = rows.slice(
    0,
    rows.findLastIndex(({ workflow }) => workflow === workflows.few),
  );
  console.log(`${before.length - few + 1} of the ${flood} had ended when the last of the ${few} did`);
  expect(before.length).toBeLessThan(flood / 2);
}, 900_000);
