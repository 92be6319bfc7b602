import type { TestServer } from '../../../test/support/test-server.js';

export interface TestNode {
  id: string;
  type: string;
  parameters?: Record<string, unknown>;
  credentials?: Record<string, string>;
  disabled?: boolean;
}

/** A document whose nodes follow each other in the order given. */
export function aChain(name: string, ...nodes: TestNode[]): Record<string, unknown> {
  return {
    wfaib: 1,
    name,
    nodes: nodes.map((node) => ({ name: node.id, typeVersion: 1, parameters: {}, ...node })),
    connections: nodes.slice(1).map(({ id }, index) => ({
      from: { node: nodes[index]!.id, port: 'main' },
      to: { node: id, port: 'main' },
    })),
  };
}

/** A webhook node with the id `hook`. */
export function aWebhook(
  path: string,
  parameters: Record<string, unknown> = {},
  more: Partial<TestNode> = {},
): TestNode {
  return { id: 'hook', type: 'core.webhook', parameters: { path, ...parameters }, ...more };
}

export async function save(server: TestServer, document: Record<string, unknown>): Promise<string> {
  const { status, body } = await server.call('POST', '/api/workflows', { json: document });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id as string;
}

/** Saves and publishes a document and returns the id of the workflow. */
export async function publish(server: TestServer, document: Record<string, unknown>): Promise<string> {
  const id = await save(server, document);
  const { status, body } = await server.call('POST', `/api/workflows/${id}/publish`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return id;
}

/** Ways to call the webhooks of a test server; each published webhook has a path of its own. */
export function webhookCalls(server: () => TestServer) {
  let count = 0;
  const call = (path: string, init: RequestInit = {}) => fetch(`${server().url}${path}`, { method: 'POST', ...init });
  return {
    call,
    post: (path: string, json: unknown, headers: Record<string, string> = {}) =>
      call(`/hooks/${path}`, {
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    /** The run that a call started, waited for. */
    runOf: async (response: Response, wait = '10s') =>
      (await server().call('GET', `/api/runs/${response.headers.get('x-wfaib-run-id')}?wait=${wait}`)).body,
    /** Publishes a webhook followed by these nodes and returns its path, which is also the name of the workflow. */
    live: async (parameters: Record<string, unknown>, ...nodes: TestNode[]): Promise<string> => {
      const path = `test-${++count}`;
      await publish(server(), aChain(path, aWebhook(path, parameters), ...nodes));
      return path;
    },
  };
}

export const echo: TestNode = { id: 'reply', type: 'core.respond', parameters: { body: '={{ $json }}' } };
export const stop: TestNode = { id: 'stop', type: 'core.stop', parameters: { message: 'No.' } };
export const pass: TestNode = { id: 'pass', type: 'core.noop' };
export const waiting: TestNode = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };
