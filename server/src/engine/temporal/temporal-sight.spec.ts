import { expect, it } from 'vitest';
import { sightOf } from './temporal-sight.js';

type Description = Parameters<typeof sightOf>[0];
const running = (raw: Description['raw']): Description => ({ status: { name: 'RUNNING' }, raw });

it('takes a workflow that has ended for gone, whatever was pending', () => {
  expect(sightOf({ status: { name: 'TERMINATED' }, raw: { pendingActivities: [{}] } })).toEqual({ kind: 'gone' });
});

it('sees work in an activity and in a workflow task', () => {
  expect(sightOf(running({ pendingActivities: [{}] }))).toEqual({ kind: 'working' });
  expect(sightOf(running({ pendingWorkflowTask: { attempt: 1 } }))).toEqual({ kind: 'working' });
});

it('sees a workflow that waits', () => {
  expect(sightOf(running({ pendingActivities: [], pendingWorkflowTask: null }))).toEqual({ kind: 'idle' });
});

it('sees a workflow task that was handed out in vain too often', () => {
  expect(sightOf(running({ pendingWorkflowTask: { attempt: 5 } }))).toEqual({ kind: 'working' });
  expect(sightOf(running({ pendingWorkflowTask: { attempt: 6 } }))).toEqual({ kind: 'failing', attempts: 6 });
});

it('sees one that was handed out in vain too often although each signal has Temporal count anew', () => {
  const again = running({ pendingWorkflowTask: { attempt: 1 } });
  expect(sightOf(again, { count: 5, isForeign: false })).toEqual({ kind: 'working' });
  expect(sightOf(again, { count: 6, isForeign: false })).toEqual({ kind: 'failing', attempts: 6 });
  expect(sightOf(again, { count: 6, isForeign: true })).toEqual({ kind: 'foreign' });
});
