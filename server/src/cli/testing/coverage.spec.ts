import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { expect, it } from 'vitest';
import type { Rehearsed } from '../../engine/rehearsal/rehearsal.types.js';
import { describeCoreNode } from '../../nodes/core-nodes.js';
import { compilePlan } from '../../plan/compile-plan.js';
import { CoverageTally } from './coverage.js';

const plan = compilePlan(
  workflowDocument.parse({
    wfaib: 1,
    name: 'Test',
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'is', name: 'Is it', type: 'core.if', parameters: { condition: '={{ true }}' }, onError: 'errorOutput' },
      { id: 'wait', name: 'Wait', type: 'core.wait', parameters: { for: '1s' } },
      { id: 'off', name: 'Off', type: 'core.if', parameters: { condition: '={{ true }}' }, disabled: true },
    ],
    connections: [],
  }),
  describeCoreNode,
);

const step = (nodeId: string, outputs: Record<string, number>) =>
  ({ nodeId, status: 'succeeded', outputs }) as Rehearsed['steps'][number];

it('counts nodes, and the ports of those that have several, over all cases', () => {
  const tally = new CoverageTally(plan);
  tally.add({ steps: [step('start', { main: 1 }), step('is', { true: 1 })] });
  expect(tally.coverage).toEqual({
    nodes: { total: 3, covered: 2, missing: ['Wait'] },
    branches: {
      total: 3,
      covered: 1,
      missing: [
        { node: 'Is it', port: 'false' },
        { node: 'Is it', port: 'error' },
      ],
    },
    percent: 50,
  });
  tally.add({ steps: [step('wait', {}), step('is', { false: 1, error: 2 })] });
  expect(tally.coverage).toMatchObject({ percent: 100, nodes: { missing: [] }, branches: { missing: [] } });
});
