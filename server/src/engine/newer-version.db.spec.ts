import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { noteUnknownEvent } from '../../../test/support/unknown-event.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const node = (id: string, type: string, parameters: object = {}) => ({ id, name: id, type, parameters });
const document = {
  wfaib: 1,
  name: 'Waits',
  nodes: [node('start', 'core.manual'), node('wait', 'core.wait', { webhook: true })],
  connections: [{ from: { node: 'start' }, to: { node: 'wait' } }],
};
const get = async (path: string) => (await server.call('GET', `/api/runs/${path}`)).body;

it('is told of on the page of the run and over HTTP, for as long as the run is open', async () => {
  const { runId } = (await server.call('POST', '/api/runs', { json: { document } })).body as { runId: string };
  await expect.poll(async () => (await get(runId)).status).toBe('waiting');
  expect(await get(runId)).not.toHaveProperty('needsNewerVersion');
  await server.db.database.query(noteUnknownEvent, [runId]);
  const told = { event: 'step.dreamt', message: expect.stringContaining('Start the newer version') as string };
  expect((await get(runId)).needsNewerVersion).toEqual(told);
  expect((await get(`${runId}/overview`)).needsNewerVersion).toEqual(told);
  const history = (await get(`${runId}/history?limit=200`)).items as { summary: string }[];
  expect(history.at(-1)?.summary).toContain('step.dreamt');
  await server.db.database.query("UPDATE run SET status = 'cancelled', ended_at = now() WHERE id = $1", [runId]);
  expect(await get(runId)).not.toHaveProperty('needsNewerVersion');
});

it('refuses what this version cannot do to such a run, and says why', async () => {
  const { runId } = (await server.call('POST', '/api/runs', { json: { document } })).body as { runId: string };
  await expect.poll(async () => (await get(runId)).status).toBe('waiting');
  await server.db.database.query(noteUnknownEvent, [runId]);
  for (const [action, json] of [
    ['pause', {}],
    ['cancel', { force: true }],
  ] as const) {
    const { status, body } = await server.call('POST', `/api/runs/${runId}/${action}`, { json });
    expect([action, status, body.code]).toEqual([action, 409, 'run.unknownEvent']);
  }
});
