import { expect, it } from 'vitest';
import { readN8n } from './read-n8n.js';

const node = (name: string, type: string, parameters: object = {}) => ({
  name,
  type: `n8n-nodes-base.${type}`,
  position: [0, 0],
  parameters,
});
const workflow = {
  nodes: [
    node('Hook', 'webhook', { path: 'orders', httpMethod: 'POST' }),
    node('Paid?', 'if', {
      conditions: {
        combinator: 'and',
        conditions: [{ leftValue: '={{ $json.paid }}', operator: { operation: 'true' } }],
      },
    }),
    node('Tell', 'slack', { channel: 'sales' }),
    node('Note', 'stickyNote', { content: 'Hello' }),
  ],
  connections: {
    Hook: { main: [[{ node: 'Paid?', type: 'main', index: 0 }]] },
    'Paid?': { main: [null, [{ node: 'Tell', type: 'main', index: 0 }]] },
  },
};

it('takes over what it knows, keeps the rest whole, and says which is which', () => {
  const read = readN8n(JSON.stringify(workflow));
  expect(read?.report).toEqual({ mapped: ['Hook', 'Paid?'], partial: [], unsupported: ['Tell'] });
  expect(read?.clip.nodes.map(({ type }) => type)).toEqual(['core.webhook', 'core.if', 'n8n-nodes-base.slack']);
  expect(read?.clip.nodes[1]?.parameters).toEqual({ conditions: [{ left: '={{ $json.paid }}', op: 'true' }] });
  expect(read?.clip.nodes[2]?.parameters).toMatchObject({ n8n: { parameters: { channel: 'sales' } } });
  expect(read?.clip.connections.map(({ from, to }) => `${from.node}:${from.port}>${to.node}`)).toEqual([
    'Hook:main>Paid?',
    'Paid?:false>Tell',
  ]);
  expect(read?.clip.notes).toMatchObject([{ text: 'Hello' }]);
});

it('reads a bare list of nodes, and leaves other JSON alone', () => {
  expect(readN8n(JSON.stringify(workflow.nodes))?.clip.nodes).toHaveLength(3);
  expect(readN8n('[1,2]')).toBeUndefined();
  expect(readN8n('{"wfaib":1,"nodes":[{"id":"a","name":"A","type":"core.set"}]}')).toBeUndefined();
});
