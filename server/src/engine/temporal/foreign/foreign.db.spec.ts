import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPythonWorker } from '../../../../../test/support/python-worker.js';
import { startTestTemporal, type TestTemporal } from '../../../../../test/support/temporal.js';
import { ownerKey, startTestServer, type TestServer } from '../../../../../test/support/test-server.js';

let temporal: TestTemporal;
let server: TestServer;
let stopWorker: (() => Promise<void>) | undefined;
let connection: NativeConnection;
let client: Client;
beforeAll(async () => {
  temporal = await startTestTemporal();
  server = await startTestServer({ environment: temporal.env });
  stopWorker = await startPythonWorker({ ...temporal.env, WFAIB_URL: server.url, WFAIB_API_KEY: ownerKey });
  connection = await NativeConnection.connect({ address: temporal.address });
  client = new Client({ connection, namespace: temporal.namespace });
}, 120_000);
afterAll(async () => {
  await connection?.close();
  await stopWorker?.();
  await server?.stop();
  await temporal?.drop();
});

const documentOf = (type: string, parameters: object, more: object = {}) => ({
  wfaib: 1,
  name: 'Calls Python',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'ask', name: 'Ask', type, parameters: { taskQueue: 'python', ...parameters }, ...more },
  ],
  connections: [{ from: { node: 'start', port: 'main' }, to: { node: 'ask', port: 'main' } }],
  settings: { durability: 'standard' },
});

const run = async (document: object, input: unknown) =>
  (await server.call('POST', '/api/runs?wait=30s', { json: { document, input } })).body;
const until = async (runId: string, look: (run: { status: string }) => boolean) => {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((next) => setTimeout(next, 100))) {
    const { body } = await server.call('GET', `/api/runs/${runId}`);
    if (look(body)) return body;
  }
  throw new Error(`The run ${runId} did not come so far within 20 seconds.`);
};

describe('a step that calls code of others on Temporal', () => {
  it('goes on with what an activity in Python answers, for each item', async () => {
    const orders = [
      { id: 1, amount: 5 },
      { id: 2, amount: 7 },
    ];
    const ended = await run(documentOf('temporal.activity', { activity: 'charge_card' }), orders);
    expect(ended).toMatchObject({ status: 'succeeded', error: null });
    expect(ended.result.items.map(({ json }: { json: object }) => json)).toMatchObject([
      { order: 1, charged: 5 },
      { order: 2, charged: 7 },
    ]);
  });

  it('hands over several arguments, and keeps an answer that is no object as result', async () => {
    const document = documentOf('temporal.activity', { activity: 'add', arguments: '={{ [$json.left, 40] }}' });
    expect(await run(document, { left: 2 })).toMatchObject({ result: { items: [{ json: { result: 42 } }] } });
  });

  it('goes on with what a workflow in Python answers', async () => {
    const document = documentOf('temporal.workflow', { workflow: 'OrderWorkflow' });
    const ended = await run(document, { id: 3, amount: 9 });
    expect(ended).toMatchObject({ status: 'succeeded', result: { items: [{ json: { order: 3, charged: 9 } }] } });
  });

  it.each([
    ['temporal.activity', { activity: 'charge_card' }],
    ['temporal.workflow', { workflow: 'OrderWorkflow' }],
  ])('fails with the innermost error of theirs: %s', async (type, parameters) => {
    const ended = await run(documentOf(type, parameters), { id: 4, amount: 1, fails: true });
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'temporal.failed' } });
    expect(ended.error.message).toContain('The card was refused');
    expect(ended.error.details).toMatchObject({ type: 'CardRefused' });
  });

  it('finds the work it asked for before, and does not ask twice', async () => {
    const document = documentOf('temporal.workflow', { workflow: 'OrderWorkflow' });
    const ended = await run(document, { id: 5, amount: 1 });
    const id = ended.steps.find(({ nodeId }: { nodeId: string }) => nodeId === 'ask').idempotencyKey;
    const { historyLength } = await client.workflow.getHandle(id).describe();
    expect(historyLength).toBeGreaterThan(5);
    await expect(
      client.workflow.start('OrderWorkflow', {
        workflowId: id,
        taskQueue: 'python',
        args: [{}],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      }),
    ).rejects.toThrow(/already/i);
  });

  it('cancels the workflow of others when its run is cancelled', async () => {
    const document = documentOf('temporal.workflow', { workflow: 'OrderWorkflow' });
    const { body } = await server.call('POST', '/api/runs', { json: { document, input: { id: 6, waits: true } } });
    const { steps } = await until(body.runId, () => true);
    const id = (steps as { nodeId: string; idempotencyKey: string }[]).find(
      ({ nodeId }) => nodeId === 'ask',
    )?.idempotencyKey;
    const key =
      id ?? (await until(body.runId, (each) => JSON.stringify(each).includes('"ask"'))).steps[1].idempotencyKey;
    const handle = client.workflow.getHandle(key);
    await expect.poll(async () => (await handle.describe().catch(() => undefined))?.status.name).toBe('RUNNING');
    await server.call('POST', `/api/runs/${body.runId}/cancel`, { json: {} });
    expect(await until(body.runId, ({ status }) => status === 'cancelled')).toMatchObject({ status: 'cancelled' });
    await expect.poll(async () => (await handle.describe()).status.name).toBe('CANCELLED');
  });

  it('does not wait for a workflow when it is told not to, and says where it is', async () => {
    const document = documentOf('temporal.workflow', { workflow: 'OrderWorkflow', wait: false });
    const ended = await run(document, { id: 7, amount: 2 });
    const { workflowId } = ended.result.items[0].json;
    expect(await client.workflow.getHandle(workflowId).result()).toMatchObject({ order: 7 });
  });
});

it('is started and waited for by a workflow in Python, as the example shows', async () => {
  const document = {
    wfaib: 1,
    name: 'Doubles',
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      {
        id: 'set',
        name: 'Set',
        type: 'core.set',
        parameters: { fields: { twice: '={{ $json.n * 2 }}' }, keep: 'none' },
      },
    ],
    connections: [{ from: { node: 'start', port: 'main' }, to: { node: 'set', port: 'main' } }],
  };
  const { body: made } = await server.call('POST', '/api/workflows', { json: document });
  await server.call('POST', `/api/workflows/${made.id}/publish`, { json: {} });
  const ask = (data: object) =>
    client.workflow.execute('AskWorkflow', { workflowId: randomUUID(), taskQueue: 'python', args: [made.id, data] });
  expect(await ask({ n: 21 })).toEqual([{ twice: 42 }]);
});
