import type { RunEventName } from '../../runs/run.events.js';
import type { RunCommit } from './run-commit.types.js';
import type { StatementBuilder } from './statement-builder.js';

interface Told {
  commit: RunCommit;
  event: RunEventName;
  step: string | null;
}

/** What others are to be told about runs is noted with what happened, so that none of it is lost. */
export function addTold(statement: StatementBuilder, commits: readonly RunCommit[]): void {
  const told = commits.filter(({ run }) => run.mode === 'production').flatMap(happenedIn);
  if (told.length === 0) return;
  const source = statement.rows('t', told, [
    ['run_id', 'uuid', ({ commit }) => commit.run.id],
    ['project_id', 'uuid', ({ commit }) => commit.run.projectId],
    ['workflow_id', 'uuid', ({ commit }) => commit.run.workflowId],
    ['event', 'text', ({ event }) => event],
    ['step_key', 'text', ({ step }) => step],
  ]);
  // Locked, so that one that is deleted at this moment is just not told: the append must not fail for it.
  statement.part(
    'told',
    `INSERT INTO notification_delivery (id, notification_id, event, run_id, step_key)
     SELECT gen_random_uuid(), n.id, t.event, t.run_id, t.step_key FROM ${source} JOIN ok ON ok.id = t.run_id
     JOIN notification n ON n.project_id = t.project_id AND n.is_on AND t.event = ANY (n.events)
       AND (n.workflow_id IS NULL OR n.workflow_id = t.workflow_id)
     FOR KEY SHARE OF n`,
  );
}

/** How a run ended that another one waits for is told by that one. */
function happenedIn(commit: RunCommit): Told[] {
  const isOwn = commit.run.calledBy?.isAwaited !== true;
  const ofRun = commit.events.flatMap((event): Told[] => {
    if (event.type === 'run.paused') return [{ commit, event: 'run.paused', step: null }];
    if (event.type === 'step.paused') return [{ commit, event: 'run.paused', step: event.step }];
    if (event.type !== 'run.finished' || !isOwn || event.status === 'cancelled') return [];
    return [{ commit, event: event.status === 'failed' ? 'run.failed' : 'run.succeeded', step: null }];
  });
  const asked = commit.waits.filter(({ kind }) => kind === 'approval');
  return [...ofRun, ...asked.map(({ step }) => ({ commit, event: 'approval.requested' as const, step }))];
}
