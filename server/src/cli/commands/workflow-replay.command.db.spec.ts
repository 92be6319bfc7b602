import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownerKey, startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import { runCommand } from '../run-command.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const documentOf = (condition: string) => ({
  wfaib: 1,
  name: 'Sizes',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'check', name: 'Check', type: 'core.if', parameters: { condition } },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'check' } }],
});

async function wfaib(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' };
  const code = await runCommand(words, {
    environment: { WFAIB_URL: server.url, WFAIB_API_KEY: ownerKey },
    write: (text) => void (told.out += text),
    writeError: (text) => void (told.err += text),
  });
  return { code, ...told };
}

it('tells which runs a draft would have led another way, and ends with 1 then', async () => {
  const { body } = await server.call('POST', '/api/workflows', { json: documentOf('={{ $json.n > 5 }}') });
  expect(await wfaib('workflow', 'replay', 'Sizes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('no runs'),
  });
  await server.call('POST', `/api/workflows/${body.id}/publish`, { json: {} });
  for (const n of [1, 7])
    await server.call('POST', '/api/runs?wait=20s', { json: { workflowId: body.id, input: { n } } });
  expect((await wfaib('workflow', 'replay', 'Sizes')).code).toBe(0);
  await server.call('PUT', `/api/workflows/${body.id}`, { ifMatch: '*', json: documentOf('={{ $json.n > 8 }}') });
  const { code, out } = await wfaib('workflow', 'replay', body.id, '--runs', '5');
  expect(code).toBe(1);
  expect(out).toContain('"Check" sends on by false, and sent on by true before');
  expect(out).toContain('1 the same, 1 another way, 0 other data, 0 unknown');
  expect((await wfaib('workflow', 'replay', 'Sizes', '--runs', '0')).code).toBe(2);
  expect(JSON.parse((await wfaib('workflow', 'replay', 'Sizes', '--json')).out)).toMatchObject({ counts: { path: 1 } });
});
