import type { StepError } from '@wfaib/sdk/errors';
import type { RunState, Stopping } from './run-state.js';

/** How a run ends that was stopped before its work was done. */
export function endingOf(state: RunState, { status, error, isForced }: Stopping): Pick<Stopping, 'status' | 'error'> {
  if (isForced) return { status, error: error ?? forcedError(state) };
  const undone = status === 'cancelled' ? undoError(state) : undefined;
  if (undone) return { status: 'failed', error: undone };
  return { status, ...(error && { error }) };
}

/** A run that was cancelled and could not be undone has failed. */
function undoError(state: RunState): StepError | undefined {
  const [failed] = state.compensation.failed.values();
  if (!failed?.error) return undefined;
  const { id, name } = state.plan.nodes[failed.node]!;
  const message = `The run was cancelled, and "${name}" could not undo what was done: ${failed.error.message}`;
  return { code: 'run.undoFailed', message, nodeId: id };
}

/** Most steps that the message names. */
const maxNamed = 10;

function forcedError(state: RunState): StepError {
  const names = [...new Set(notUndone(state))];
  const named = names.slice(0, maxNamed).map((name) => `"${name}"`);
  const rest = names.length > maxNamed ? [`${names.length - maxNamed} more`] : [];
  const left = names.length === 0 ? '' : ` Not undone: ${[...named, ...rest].join(', ')}.`;
  return {
    code: 'run.forceStopped',
    message: `The run was stopped at once; what was at work was left as it was.${left}`,
  };
}

/** Names of the nodes whose effects are left, those under way included. */
function* notUndone({ plan, compensation, open }: RunState): Generator<string> {
  const nameOf = (nodeId: string): string => plan.nodes[plan.indexById.get(nodeId)!]!.name;
  for (const { nodeId } of compensation.undoables) yield nameOf(nodeId);
  for (const { visit, phase, node } of open.values()) {
    if (visit.undoes === undefined && phase === 'intended' && plan.nodes[node]!.compensatedBy !== undefined)
      yield nameOf(visit.nodeId);
  }
}

/** The error of a run whose time limit is over. */
export function timeoutError(timeoutMs: number): StepError {
  const message = `The run took longer than ${timeoutMs} ms, the time limit in the settings of its workflow. Raise it, or make the run do less.`;
  return { code: 'run.timeout', message };
}
