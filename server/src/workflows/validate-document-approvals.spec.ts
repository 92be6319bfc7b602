import { expect, it } from 'vitest';
import { coreNodes } from '../nodes/core-nodes.js';
import { validateDocument } from './validate-document.js';

function problemsOf(parameters: object) {
  const document = {
    wfaib: 1,
    name: 'Approvals',
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'ask', name: 'Ask', type: 'core.approval', parameters: { title: 'Go?', ...parameters } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'ask' } }],
  };
  return validateDocument(document, (type) => coreNodes.get(type)?.descriptor).problems;
}

it('refuses an approval that needs more people than it names', () => {
  expect(problemsOf({ approvers: ['a@example.com', 'b@example.com'], required: 3 })).toMatchObject([
    {
      severity: 'error',
      code: 'parameter.invalid',
      nodeId: 'ask',
      field: 'parameters.required',
      message: '"Ask" needs 3 people to approve and names 2. Name more of them, or ask fewer to approve.',
    },
  ]);
});

it('counts everybody once, also where several stand in one text', () => {
  const approvers = ['a@example.com, b@example.com', 'A@example.com'];
  expect(problemsOf({ approvers, required: 2 })).toEqual([]);
  expect(problemsOf({ approvers, required: 3 })).toHaveLength(1);
});

it.each([
  ['names nobody', { required: 3 }],
  ['asks whom an expression names', { approvers: ['a@example.com', '={{ $json.boss }}'], required: 3 }],
  ['lets an expression say how many', { approvers: ['a@example.com'], required: '={{ $json.count }}' }],
  ['says nothing of how many', { approvers: ['a@example.com'] }],
])('leaves alone one that %s', (_, parameters) => {
  expect(problemsOf(parameters)).toEqual([]);
});
