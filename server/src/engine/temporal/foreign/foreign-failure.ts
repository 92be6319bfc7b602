import type { ApplicationFailure } from '@temporalio/common';
import { StepFailure } from '../../../nodes/core-node.types.js';
import type { ForeignWork } from '../../../nodes/temporal/foreign-work.types.js';

/** Errors of Temporal's clients that tell of the work itself and not of the way to it. */
const endings = new Set(['WorkflowFailedError', 'ActivityExecutionFailedError']);

/** What a step says when the work of others failed, or could not be asked for. */
export function failureOf(thrown: unknown, { kind, name, taskQueue, id }: ForeignWork): StepFailure {
  const error = thrown as Error;
  const what = `The ${kind} "${name}" on the task queue "${taskQueue}"`;
  const cause = innermost(error);
  if (!endings.has(error.name))
    return new StepFailure({
      code: 'temporal.unavailable',
      message: `${what} could not be asked for: ${cause.message}`,
      details: { id },
    });
  const { type, nonRetryable } = cause as Partial<ApplicationFailure>;
  return new StepFailure({
    code: 'temporal.failed',
    message: `${what} failed: ${cause.message}`,
    details: { id, kind: cause.name, ...(typeof type === 'string' ? { type } : {}) },
    ...(nonRetryable === true ? { retryable: false } : {}),
  });
}

/** Workflows wrap what their activities failed with; the last cause is what happened. */
function innermost(error: Error): Error {
  let found = error;
  while (found.cause instanceof Error) found = found.cause;
  return found;
}
