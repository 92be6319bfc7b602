import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { ItemChunks } from '../data/item-chunks.service.js';
import { FileStore } from './file-store.service.js';
import { storeEvent, storeRun, storeStep } from './stored-run.test-support.js';

const recorded = ['run_event', 'run_step', 'run_data', 'run_file', 'run_blob', 'run_blob_part', 'run_wait', 'run_key'];

describe.each(['postgres', 'disk'])('with the driver %s', (driver) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ environment: { WFAIB_DATA_DRIVER: driver } });
  });
  afterAll(() => server?.stop());

  const aRun = (status?: string) =>
    storeRun(server.db.database, { projectId: server.db.projectId, ...(status === undefined ? {} : { status }) });

  /** A run with something in every table, and a file and items that are not in rows. */
  async function fullRun(): Promise<string> {
    const { database } = server.db;
    const id = await aRun();
    await storeEvent(database, id, 1, { type: 'run.created' });
    await storeStep(database, id, { key: 'set', position: 0, outputs: { main: [{ json: {}, source: [] }] } });
    await server.app.get(FileStore).put(id, { name: 'large', mimeType: 'text/plain' }, Buffer.alloc(600_000));
    const chunks = server.app.get(ItemChunks).writer(id);
    await chunks.add({ json: { n: 1 }, source: [] });
    await chunks.end();
    await database.query(
      `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind) VALUES ($1::uuid, $1::uuid, 's', 'n', 1, 'timer')`,
      [id],
    );
    await database.query(
      `INSERT INTO run_key (project_id, scope, key, run_id, input_hash) VALUES ($1, '', $2::text, $2::uuid, '')`,
      [server.db.projectId, id],
    );
    return id;
  }

  async function kept(id: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of recorded) {
      const rows = await server.db.database.query(`SELECT 1 FROM ${table} WHERE run_id = $1 LIMIT 1`, [id]);
      if (rows.length > 0) found.push(table);
    }
    return found;
  }

  async function folders(): Promise<string[]> {
    const data = join(server.dataDir, 'data');
    return existsSync(data) ? readdir(data, { recursive: true }) : [];
  }

  it('deletes an ended run with everything that was kept of it, and nothing of another', async () => {
    const [id, other] = [await fullRun(), await fullRun()];
    expect((await kept(id)).length).toBeGreaterThanOrEqual(recorded.length - 1);
    expect((await server.call('DELETE', `/api/runs/${id}`)).status).toBe(204);
    expect(await kept(id)).toEqual([]);
    expect((await folders()).filter((path) => path.includes(id))).toEqual([]);
    expect((await server.call('GET', `/api/runs/${id}`)).status).toBe(404);
    expect((await server.call('DELETE', `/api/runs/${id}`)).status).toBe(404);
    expect((await kept(other)).length).toBeGreaterThanOrEqual(recorded.length - 1);
    expect((await server.call('GET', `/api/runs/${other}`)).status).toBe(200);
  });

  it('deletes many at once and says which stay and why', async () => {
    const [ended, going] = [await aRun(), await aRun('running')];
    const unknown = '019a0000-0000-7000-8000-000000000000';
    const { status, body } = await server.call('POST', '/api/runs/delete', { json: { ids: [ended, going, unknown] } });
    expect(status).toBe(200);
    expect(body.deleted).toEqual([ended]);
    expect(body.kept).toMatchObject([
      { id: going, code: 'run.notEnded' },
      { id: unknown, code: 'run.notFound' },
    ]);
  });

  it.each(['pending', 'running', 'waiting', 'paused'])('keeps a run that is %s and says what to do', async (status) => {
    const id = await aRun(status);
    const answer = await server.call('DELETE', `/api/runs/${id}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'run.notEnded']);
    expect(answer.body.message).toContain(`still ${status}. Cancel it`);
  });

  it('keeps a run while a person is asked about what it could not undo', async () => {
    const id = await aRun('failed');
    await server.db.database.query(
      `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind) VALUES ($1::uuid, $1::uuid, 's', 'n', 1, 'compensation')`,
      [id],
    );
    const answer = await server.call('DELETE', `/api/runs/${id}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'run.undoOpen']);
    expect(answer.body.message).toContain(`/api/runs/${id}/resume { "step": "s"`);
    const many = await server.call('POST', '/api/runs/delete', { json: { ids: [id] } });
    expect(many.body).toMatchObject({ deleted: [], kept: [{ id, code: 'run.undoOpen' }] });
    await server.db.database.query('UPDATE run_wait SET resolved_at = now() WHERE run_id = $1', [id]);
    expect((await server.call('DELETE', `/api/runs/${id}`)).status).toBe(204);
  });

  it('keeps a run whose data a going retry may read', async () => {
    const [id, retry] = [await aRun('failed'), await aRun('running')];
    await server.db.database.query('UPDATE run SET root_run_id = $1 WHERE id = $2', [id, retry]);
    const answer = await server.call('DELETE', `/api/runs/${id}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'run.inUse']);
    expect(answer.body.message).toContain(retry);
    await server.db.database.query(`UPDATE run SET status = 'cancelled', ended_at = now() WHERE id = $1`, [retry]);
    expect((await server.call('DELETE', `/api/runs/${id}`)).status).toBe(204);
  });
});
