import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const node = (id: string, type: string, parameters: object = {}) => ({ id, name: id, type, parameters });

/** Works for a second, then goes on. */
const busy = (durability: string) => ({
  wfaib: 1,
  name: 'Busy',
  nodes: [
    node('start', 'core.manual'),
    node('work', 'core.code', {
      code: 'const end = Date.now() + 1000; while (Date.now() < end); return items',
      timeoutMs: 5_000,
    }),
    node('end', 'core.set', { fields: { done: true } }),
  ],
  connections: [
    { from: { node: 'start' }, to: { node: 'work' } },
    { from: { node: 'work' }, to: { node: 'end' } },
  ],
  settings: { durability },
});

async function begin(durability: string): Promise<string> {
  const { body } = await server.call('POST', '/api/runs', { json: { document: busy(durability), input: { n: 1 } } });
  await expect.poll(async () => (await show(body.runId)).steps.at(-1)?.nodeId).toBe('work');
  return body.runId as string;
}

const show = async (runId: string, query = '') => (await server.call('GET', `/api/runs/${runId}${query}`)).body;
const post = (runId: string, action: string, json?: object) =>
  server.call('POST', `/api/runs/${runId}/${action}`, json === undefined ? {} : { json });

it.each(['express', 'queue'])('holds a run at work, %s, until somebody resumes it', async (durability) => {
  const runId = await begin(durability);
  const { status, body } = await post(runId, 'pause', { reason: 'to look at it' });
  expect([status, body.status]).toEqual([200, 'paused']);
  expect(await post(runId, 'pause')).toMatchObject({ status: 409, body: { code: 'run.paused' } });
  expect(await post(runId, 'release')).toMatchObject({ status: 409, body: { code: 'run.paused' } });
  // The step that was at work came to its end; the one after it did not begin.
  await expect
    .poll(async () => (await show(runId)).steps.map((step: { status: string }) => step.status))
    .toEqual(['succeeded', 'succeeded']);
  expect((await show(runId)).status).toBe('paused');
  expect((await post(runId, 'resume')).status).toBe(200);
  const end = await show(runId, '?wait=20s');
  expect(end).toMatchObject({ status: 'succeeded', result: { items: [{ json: { done: true } }] } });
  const told = (await server.call('GET', `/api/runs/${runId}/history?limit=200`)).body.items;
  const words = told.map(({ summary }: { summary: string }) => summary);
  expect(words).toContainEqual(expect.stringMatching(/^\S+@\S+ paused the run: to look at it$/));
  expect(words).toContainEqual(expect.stringMatching(/^\S+@\S+ let the run go on after the pause$/));
});

it.each(['express', 'queue'])('gives a run at work, %s, to another owner', async (durability) => {
  const runId = await begin(durability);
  expect((await post(runId, 'release')).status).toBe(200);
  expect(await show(runId, '?wait=20s')).toMatchObject({ status: 'succeeded', takeovers: 1 });
  expect(await post(runId, 'release')).toMatchObject({ status: 409, body: { code: 'run.alreadyEnded' } });
  expect(await post(runId, 'pause')).toMatchObject({ status: 409, body: { code: 'run.alreadyEnded' } });
});

it('knows no run of others', async () => {
  const unknown = '019a0000-0000-7000-8000-000000000000';
  expect((await post(unknown, 'pause')).status).toBe(404);
  expect((await post(unknown, 'release')).status).toBe(404);
});
