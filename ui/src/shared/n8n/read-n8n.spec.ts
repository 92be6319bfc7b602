import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { expect, it } from 'vitest';
import { n8nDocument } from './n8n-document.js';
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

const joined = (read: ReturnType<typeof readN8n>) =>
  read?.clip.connections.map(({ from, to }) => `${from.node}:${from.port}>${to.node}:${to.port}`);
const to = (name: string, index = 0) => [{ node: name, type: 'main', index }];

it('sends what comes back to a loop to its `next`, in loops within loops too', () => {
  const nodes = [
    node('Start', 'manualTrigger'),
    node('Outer', 'splitInBatches'),
    node('Inner', 'splitInBatches'),
    node('Work', 'code'),
    node('End', 'noOp'),
  ];
  const connections = {
    Start: { main: [to('Outer')] },
    Outer: { main: [to('End'), to('Inner')] },
    Inner: { main: [to('Outer'), to('Work')] },
    Work: { main: [to('Inner')] },
  };
  expect(joined(readN8n(JSON.stringify({ nodes, connections })))).toEqual([
    'Start:main>Outer:main',
    'Outer:done>End:main',
    'Outer:loop>Inner:main',
    'Inner:done>Outer:next',
    'Inner:loop>Work:main',
    'Work:main>Inner:next',
  ]);
});

it('knows that the loop of older workflows has its ways out the other way round', () => {
  const nodes = [{ ...node('Each', 'splitInBatches'), typeVersion: 2 }, node('Work', 'noOp'), node('End', 'noOp')];
  const connections = { Each: { main: [to('Work'), to('End')] }, Work: { main: [to('Each')] } };
  expect(joined(readN8n(JSON.stringify({ nodes, connections })))).toEqual([
    'Each:loop>Work:main',
    'Each:done>End:main',
    'Work:main>Each:next',
  ]);
});

it('puts code into the words it has here, and says what it cannot', () => {
  const read = readN8n(
    JSON.stringify([
      node('First', 'code', {
        jsCode: `return { a: $node["It's"].json.a, b: $node.Plain.json, c: $items('X').length }`,
      }),
      node('Each', 'code', { jsCode: "return { a: $node['X'].json.a }", mode: 'runOnceForEachItem' }),
      node('Own', 'code', {
        jsCode: 'return { url: `https://${$json.host}`, id: $execution.id, k: $node[$json.k].json }',
      }),
      node('Snake', 'code', { language: 'python' }),
    ]),
  );
  expect(read?.clip.nodes.slice(0, 2).map(({ parameters }) => parameters['code'])).toEqual([
    `return { a: $("It's").first().json.a, b: $('Plain').first().json, c: $('X').all().length }`,
    "return { a: $('X').item.json.a }",
  ]);
  expect(read?.report.mapped).toEqual(['First', 'Each']);
  expect(read?.report.partial).toEqual([
    { name: 'Own', todo: 'the code uses $execution, $node, which code here does not have' },
    { name: 'Snake', todo: 'it is written in Python: write it in JavaScript' },
  ]);
});

it('says that a step which signs in needs a credential', () => {
  const read = readN8n(
    JSON.stringify([
      node('Ask', 'httpRequest', { url: 'https://x.test', authentication: 'genericCredentialType' }),
      node('Hook', 'webhook', { path: 'a', authentication: 'basicAuth' }),
      node('Open', 'httpRequest', { url: 'https://x.test', authentication: 'none' }),
    ]),
  );
  expect(read?.report).toEqual({
    mapped: ['Open'],
    partial: [
      { name: 'Ask', todo: 'choose a credential' },
      { name: 'Hook', todo: 'choose a credential' },
    ],
    unsupported: [],
  });
  expect(read?.clip.nodes[1]?.parameters).toEqual({ path: 'a', method: 'GET', auth: 'basic' });
});

it('leaves no webhook open whose way to sign in it does not know', () => {
  const read = readN8n(JSON.stringify([node('Hook', 'webhook', { path: 'a', authentication: 'jwtAuth' })]));
  expect(read?.clip.nodes[0]?.parameters['auth']).toBe('header');
  expect(read?.report.partial).toEqual([{ name: 'Hook', todo: 'choose a credential' }]);
});

it('takes over the way out that a step has for errors', () => {
  const read = readN8n(
    JSON.stringify({
      nodes: [
        { ...node('Ask', 'httpRequest', { url: 'https://x.test' }), onError: 'continueErrorOutput' },
        node('Good', 'noOp'),
        node('Bad', 'noOp'),
      ],
      connections: { Ask: { main: [[{ node: 'Good' }], [{ node: 'Bad' }]] } },
    }),
  );
  expect(read?.clip.nodes[0]?.onError).toBe('errorOutput');
  expect(read?.clip.connections.map(({ from, to }) => [from.port, to.node])).toEqual([
    ['main', 'Good'],
    ['error', 'Bad'],
  ]);
});

it('pulls columns apart so that connections can be seen, and notes with them', () => {
  const at = (name: string, type: string, x: number, parameters = {}) => ({
    ...node(name, type, parameters),
    position: [x, 40],
  });
  const nodes = [
    at('A', 'noOp', 0),
    at('B', 'noOp', 220),
    at('C', 'noOp', 660),
    at('N', 'stickyNote', 110, { width: 440, height: 200 }),
  ];
  const connections = { A: { main: [to('B')] }, B: { main: [to('C')] } };
  const clip = readN8n(JSON.stringify({ nodes, connections }))?.clip;
  expect(clip?.nodes.map(({ position }) => position)).toEqual([
    [0, 40],
    [280, 40],
    [840, 40],
  ]);
  expect(clip?.notes).toMatchObject([{ position: [140, 40], size: [560, 200] }]);
});

it('becomes a workflow of its own, with the name it had and ids that fit', () => {
  const long = 'x'.repeat(150);
  const nodes = [node('A', 'manualTrigger'), node(long, 'noOp')];
  const read = readN8n(JSON.stringify({ name: 'Orders', nodes, connections: { A: { main: [to(long)] } } }));
  const document = workflowDocument.parse(n8nDocument(read!));
  expect(document.name).toBe('Orders');
  expect(document.connections).toEqual([
    { from: { node: document.nodes[0]?.id, port: 'main' }, to: { node: document.nodes[1]?.id, port: 'main' } },
  ]);
});
