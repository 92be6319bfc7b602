import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/temporal.js';
import { TemporalHost } from '../temporal/temporal-host.js';
import { PlacesKeeper } from './places-keeper.service.js';

let temporal: TestTemporal;
let server: TestServer;
beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await startTestServer({ environment: temporal.env });
});
afterAll(async () => {
  await server?.stop();
  await temporal?.drop();
});

const show = async (runId: string) => (await server.call('GET', `/api/runs/${runId}`)).body;
const post = async (runId: string, action: string) =>
  (await server.call('POST', `/api/runs/${runId}/${action}`, { json: {} })).status;
const untilIs = (runId: string, status: string) => expect.poll(async () => (await show(runId)).status).toBe(status);

async function cancel(runId: string): Promise<void> {
  expect(await post(runId, 'cancel')).toBe(200);
  await untilIs(runId, 'cancelled');
}

/** Begins runs of a workflow that lets one of them be at work, and that wait for a call. */
async function begin(durability: string, count: number): Promise<string[]> {
  const document = {
    wfaib: 1,
    name: 'One by one',
    nodes: [
      { id: 'start', name: 'start', type: 'core.manual' },
      { id: 'wait', name: 'wait', type: 'core.wait', parameters: { webhook: true } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'wait' } }],
    settings: { durability, maxConcurrentRuns: 1 },
  };
  const { body } = await server.call('POST', '/api/workflows', { json: document });
  await server.call('POST', `/api/workflows/${body.id}/publish`, { json: {} });
  const runs: string[] = [];
  for (let n = 0; n < count; n++)
    runs.push((await server.call('POST', '/api/runs', { json: { workflowId: body.id, input: { n } } })).body.runId);
  await untilIs(runs[0]!, 'waiting');
  return runs;
}

describe.each(['express', 'queue', 'standard'])('a run that waits for its turn (%s)', (durability) => {
  it('is paused where somebody says so, lets others pass, and takes the next place once it is resumed', async () => {
    const [a, b, c] = (await begin(durability, 3)) as [string, string, string];
    expect(await post(b, 'pause')).toBe(200);
    const paused = { status: 'paused', startedAt: null, turn: { limit: 1, ahead: 0 } };
    expect(await show(b)).toMatchObject(paused);
    expect(await show(c)).toMatchObject({ status: 'pending', turn: { ahead: 0 } });
    await cancel(a);
    await untilIs(c, 'waiting');
    await server.app.get(PlacesKeeper).round();
    expect(await show(b)).toMatchObject(paused);
    // Resumed while there is no place, it waits like any other.
    expect(await post(b, 'resume')).toBe(200);
    await untilIs(b, 'pending');
    expect(await show(b)).toMatchObject({ startedAt: null, turn: { ahead: 0 } });
    await cancel(c);
    await untilIs(b, 'waiting');
    await cancel(b);
  });

  it('begins at once where it is resumed while there is a place', async () => {
    const [a, b] = (await begin(durability, 2)) as [string, string];
    await post(b, 'pause');
    await cancel(a);
    expect(await show(b)).toMatchObject({ status: 'paused' });
    expect(await post(b, 'resume')).toBe(200);
    await untilIs(b, 'waiting');
    expect((await show(b)).startedAt).not.toBeNull();
    await cancel(b);
  });

  it('never began where it is cancelled, paused or not', async () => {
    const [a, b, c] = (await begin(durability, 3)) as [string, string, string];
    await post(c, 'pause');
    for (const run of [b, c]) {
      await cancel(run);
      expect(await show(run)).toMatchObject({ startedAt: null, endedAt: expect.any(String) });
    }
    await cancel(a);
  });
});

it('leaves nothing at Temporal of what was asked of a run while it waited for its turn', async () => {
  const [a, b] = (await begin('standard', 2)) as [string, string];
  expect(await post(b, 'release')).toBe(200);
  const look = async () => (await server.app.get(TemporalHost).lookAt(b, 2))?.kind;
  await expect.poll(look).toBe('idle');
  await cancel(a);
  await untilIs(b, 'waiting');
  await expect.poll(look).toBe('gone');
  await cancel(b);
});
