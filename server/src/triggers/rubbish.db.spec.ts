import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { aChain, aWebhook, publish } from './webhook-workflow.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const word = fc.oneof(
  fc.constantFrom(
    'hook',
    'set',
    'core.webhook',
    'core.set',
    'core.if',
    'core.code',
    'main',
    '__proto__',
    '={{',
    '={{ $json.a }}',
    '\0',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const value = fc.oneof(word, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, -1, 1e308, [], {}));
const parameters = fc.dictionary(
  fc.oneof(fc.constantFrom('path', 'method', 'fields', 'conditions', 'code', 'rules'), word),
  value,
  {
    maxKeys: 4,
  },
);
const node = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { id: word, name: word, type: word, parameters, typeVersion: value, onError: value },
      { requiredKeys: ['id', 'type'] },
    ),
  },
  { weight: 1, arbitrary: value },
);
const end = fc.oneof(fc.record({ node: word, port: word }, { requiredKeys: ['node'] }), value);
const document = fc.record(
  {
    wfaib: fc.constantFrom<unknown>(1, 0, '1', null),
    name: fc.oneof(word, value),
    nodes: fc.oneof({ weight: 6, arbitrary: fc.array(node, { maxLength: 5 }) }, { weight: 1, arbitrary: value }),
    connections: fc.oneof(
      { weight: 6, arbitrary: fc.array(fc.oneof(fc.record({ from: end, to: end }), value), { maxLength: 5 }) },
      { weight: 1, arbitrary: value },
    ),
    settings: value,
  },
  { requiredKeys: [] },
);

it('answers any document, draft, publish and listen without failing itself', async () => {
  await fc.assert(
    fc.asyncProperty(document, word, async (sent, nodeId) => {
      const created = await server.call('POST', '/api/workflows', { json: sent });
      // What has another kind of value somewhere than a workflow has there is refused.
      expect([201, 400]).toContain(created.status);
      const { body } = created.status === 201 ? created : await server.call('POST', '/api/workflows', { json: {} });
      const path = `/api/workflows/${body.id}`;
      const answers = [
        await server.call('POST', '/api/workflows/validate', { json: sent }),
        await server.call('PUT', path, { json: sent, ifMatch: '*' }),
        await server.call('POST', `${path}/publish`),
        await server.call('POST', `${path}/listen`, { json: { nodeId } }),
        await server.call('POST', `${path}/unpublish`),
        await server.call('DELETE', path),
      ];
      expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('runs any JSON that a webhook is called with, and hands it on unchanged', async () => {
  await publish(
    server,
    aChain('Echo', aWebhook('rubbish', { respond: 'respondNode' }), {
      id: 'reply',
      type: 'core.respond',
      parameters: { body: '={{ { got: $json.body } }}' },
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), async (sent) => {
      const response = await fetch(`${server.url}/hooks/rubbish`, {
        method: 'POST',
        body: JSON.stringify(sent),
        headers: { 'content-type': 'application/json' },
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ got: JSON.parse(JSON.stringify(sent)) as unknown });
    }),
    { numRuns: 100 },
  );
});

it('answers any bytes under any type', async () => {
  const types = fc.constantFrom(
    'application/json',
    'text/plain',
    'text/plain; charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'multipart/form-data; boundary=',
    'application/octet-stream',
  );
  await fc.assert(
    fc.asyncProperty(types, fc.uint8Array({ maxLength: 200 }), async (type, bytes) => {
      const response = await fetch(`${server.url}/hooks/rubbish`, {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: { 'content-type': type },
      });
      expect([200, 400, 415]).toContain(response.status);
    }),
    { numRuns: 100 },
  );
});
