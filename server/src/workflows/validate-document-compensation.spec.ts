import { expect, it } from 'vitest';
import { describeCoreNode } from '../nodes/core-nodes.js';
import { validateDocument } from './validate-document.js';

type Node = Record<string, unknown> & { id: string };

function told(nodes: Node[], connections: [string, string][] = []): string[] {
  const full = [{ id: 'start', type: 'core.manual' }, ...nodes].map((node) => ({ name: node.id, ...node }));
  const lines = connections.map(([from, to]) => ({ from: { node: from }, to: { node: to } }));
  const document = { wfaib: 1, name: 'Test', nodes: full, connections: lines };
  // Most documents here connect nothing, which is not the matter.
  return validateDocument(document, describeCoreNode)
    .problems.filter(({ code }) => code !== 'graph.unreached')
    .map(({ severity, code, nodeId, field }) => `${severity} ${code} ${nodeId} ${field}`);
}

const step = (more: object = {}) => ({ id: 'step', type: 'core.noop', compensateWith: 'undo', ...more });
const wrong = 'error node.compensationInvalid step compensateWith';

it('accepts a node that stands alone as what undoes another', () => {
  expect(told([step(), { id: 'undo', type: 'core.noop' }], [['start', 'step']])).toEqual([]);
});

it('refuses what undoes where it is part of the flow, itself undone, a trigger, or shapes the flow', () => {
  expect(told([step(), { id: 'undo', type: 'core.noop' }], [['step', 'undo']])).toEqual([wrong]);
  const nested = { id: 'undo', type: 'core.noop', compensateWith: 'again' };
  expect(told([step(), nested, { id: 'again', type: 'core.noop' }])).toEqual([wrong]);
  for (const type of ['core.manual', 'core.loop', 'core.merge', 'core.respond'])
    expect(told([step(), { id: 'undo', type }])).toContain(wrong);
  expect(told([step({ compensateWith: 'step' })])).toEqual([wrong]);
});

it('names what undoes where there is no such node, and warns where it is disabled', () => {
  expect(told([step()])).toEqual(['error node.unknownReference step compensateWith']);
  const disabled = { id: 'undo', type: 'core.noop', disabled: true };
  expect(told([step(), disabled])).toEqual(['warning node.compensationInvalid step compensateWith']);
});
