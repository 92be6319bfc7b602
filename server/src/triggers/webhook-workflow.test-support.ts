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
