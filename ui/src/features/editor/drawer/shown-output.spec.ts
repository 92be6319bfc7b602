import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { expect, it } from 'vitest';
import { noProgress } from '../../../shared/runs/run-progress.js';
import type { StepProgress } from '../../../shared/runs/run-progress.js';
import { shownInput, shownOutput } from './shown-output.js';

const ran = (stepIds: string[], itemsOut: Record<string, number>) => ({ stepIds, itemsOut }) as unknown as StepProgress;
const runs = {
  runId: 'now',
  progress: { ...noProgress, steps: { i: ran(['1', '2', '3'], { true: 2, false: 1 }) } },
  earlier: { runs: { e: 'before' }, steps: { e: ran(['9'], { main: 1 }) } },
};

it('shows the last time and the first way out where nobody chose', () => {
  expect(shownOutput(runs, 'i', {})).toMatchObject({ runId: 'now', stepId: '3', port: 'true' });
});

it('shows the time and the way out that were chosen, as long as they are there', () => {
  expect(shownOutput(runs, 'i', { visit: 0, port: 'false' })).toMatchObject({ stepId: '1', port: 'false' });
  expect(shownOutput(runs, 'i', { visit: 7, port: 'gone' })).toMatchObject({ stepId: '3', port: 'true' });
});

it('shows a step of the run before, and nothing of one that never ran', () => {
  expect(shownOutput(runs, 'e', {})).toMatchObject({ runId: 'before', stepId: '9', port: 'main' });
  expect(shownOutput(runs, 'x', {})).toBeUndefined();
});

it('shows as input of a step that has not run what the step before sent its way, and nothing where it sent none', () => {
  const connection = (node: string, port: string, to: string) => ({
    from: { node, port },
    to: { node: to, port: 'main' },
  });
  const document = {
    connections: [
      connection('x', 'main', 'n'),
      connection('i', 'false', 'n'),
      connection('i', 'error', 'm'),
      connection('e', 'main', 'i'),
    ],
  } as WorkflowDocument;
  expect(shownInput(document, runs, 'n', {})).toMatchObject({
    side: 'output',
    runId: 'now',
    stepId: '3',
    port: 'false',
  });
  expect(shownInput(document, runs, 'm', {})).toBeUndefined();
  expect(shownInput(document, runs, 'i', { visit: 0 })).toMatchObject({ side: 'input', stepId: '1', port: undefined });
});
