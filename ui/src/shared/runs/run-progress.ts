import type { StepError } from '@wfaib/sdk/errors';
import type { RunEvent } from '../../api/run-event.js';
import type { RunStatus, RunStep } from '../../api/types.js';
import type { StatusName } from '../components/status.js';

/** What the run did with one step so far, over all its visits. */
export interface StepProgress {
  status: StatusName;
  /** Ids of the visits, oldest first. */
  stepIds: readonly string[];
  /** The highest attempt seen. */
  attempt: number;
  retries: number;
  failures: number;
  /** Tries that failed and were followed by another, oldest first. */
  failedTries: readonly { step: string; startedAt: number; endedAt: number }[];
  /** Items per output port, added up over the visits. */
  itemsOut: Readonly<Record<string, number>>;
  startedAt?: number | undefined;
  /** Time it worked, in milliseconds, added up over the visits. */
  workedMs: number;
  dueAt?: number | undefined;
  error?: StepError | undefined;
}

export interface RunProgress {
  status: RunStatus | undefined;
  error: StepError | undefined;
  steps: Readonly<Record<string, StepProgress>>;
  takeovers: readonly { at: number; host: string; reason: string }[];
  cancelRequested: boolean;
}

export const noProgress: RunProgress = {
  status: undefined,
  error: undefined,
  steps: {},
  takeovers: [],
  cancelRequested: false,
};

const fresh: StepProgress = {
  status: 'idle',
  stepIds: [],
  attempt: 1,
  retries: 0,
  failures: 0,
  failedTries: [],
  itemsOut: {},
  workedMs: 0,
};

/** The progress after one more event; steps the event does not touch stay the same objects. */
export function advance(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.type) {
    case 'run.created':
      return { ...progress, status: 'running', steps: startedBy(event) };
    case 'run.resumed':
      return { ...progress, status: 'running' };
    case 'run.paused':
      return { ...progress, status: 'paused' };
    case 'run.cancelRequested':
      return { ...progress, cancelRequested: true };
    case 'run.handedOver':
      return {
        ...progress,
        takeovers: [...progress.takeovers, { at: event.at, host: event.host, reason: event.reason }],
      };
    case 'run.finished':
      return { ...settleOpenSteps(progress), status: event.status, error: event.error };
    case 'run.replied':
      return progress;
    default:
      if (!('nodeId' in event)) return progress;
      return {
        ...progress,
        status: progress.status ?? 'running',
        steps: { ...progress.steps, [event.nodeId]: advanceStep(progress.steps[event.nodeId] ?? fresh, event) },
      };
  }
}

/** The trigger of a run has no event of its own: its items came with the run. */
function startedBy({ start }: Extract<RunEvent, { type: 'run.created' }>): RunProgress['steps'] {
  if (start?.as !== 'trigger') return {};
  return { [start.nodeId]: { ...fresh, status: 'succeeded', itemsOut: { main: start.count } } };
}

/** Adds visits that only the run as the server shows it knows of. */
export function withSteps(progress: RunProgress, steps: readonly RunStep[]): RunProgress {
  const merged = { ...progress.steps };
  for (const step of steps) {
    const known = merged[step.nodeId] ?? { ...fresh, status: step.status, itemsOut: step.ports ?? {} };
    if (known.stepIds.includes(step.id)) continue;
    merged[step.nodeId] = { ...known, stepIds: [...known.stepIds, step.id] };
  }
  return { ...progress, steps: withUndone(merged, steps) };
}

/** A step with a visit that was undone is not simply done any more. */
function withUndone(merged: Record<string, StepProgress>, steps: readonly RunStep[]): RunProgress['steps'] {
  const undone = new Set(steps.flatMap(({ undoes, status }) => (undoes && status === 'succeeded' ? [undoes] : [])));
  for (const { id, nodeId } of steps) {
    const known = merged[nodeId];
    if (known && undone.has(id)) merged[nodeId] = { ...known, status: 'compensated' };
  }
  return merged;
}

type StepEvent = Extract<RunEvent, { nodeId: string }>;

function advanceStep(before: StepProgress, event: StepEvent): StepProgress {
  const step: StepProgress = {
    ...before,
    stepIds: before.stepIds.includes(event.step) ? before.stepIds : [...before.stepIds, event.step],
    attempt: Math.max(before.attempt, event.attempt ?? 1),
    dueAt: undefined,
  };
  switch (event.type) {
    case 'step.intended':
      return { ...step, status: 'running', startedAt: event.at };
    case 'step.succeeded':
      return { ...step, ...timed(step, event), ...outcomeOf(step, event.outputs, event.status), error: event.error };
    case 'wait.decided':
      return step;
    case 'wait.resolved':
      return { ...step, ...outcomeOf(step, event.outputs ?? {}, 'succeeded') };
    case 'step.retrying':
      return {
        ...step,
        ...timed(step, event),
        status: 'retrying',
        retries: step.retries + 1,
        failedTries: [...step.failedTries, { step: event.step, startedAt: event.startedAt, endedAt: event.endedAt }],
        error: event.error,
        dueAt: event.dueAt,
      };
    case 'step.failed':
      return { ...step, ...timed(step, event), status: 'failed', failures: step.failures + 1, error: event.error };
    case 'step.paused':
      return { ...step, ...timed(step, event), status: 'paused', error: event.error };
    case 'step.decided':
      return event.action === 'retry'
        ? { ...step, status: 'pending' }
        : { ...step, ...outcomeOf(step, event.outputs ?? {}, 'skipped') };
    case 'step.cancelled':
      return { ...step, status: 'cancelled' };
    case 'step.waiting':
      return {
        ...step,
        status: event.waits?.some((wait) => wait.kind === 'approval') ? 'needsYou' : 'waiting',
        startedAt: event.startedAt,
      };
  }
}

function outcomeOf(
  step: StepProgress,
  outputs: Record<string, number>,
  status: 'succeeded' | 'skipped',
): Partial<StepProgress> {
  const itemsOut = { ...step.itemsOut };
  for (const [port, count] of Object.entries(outputs)) itemsOut[port] = (itemsOut[port] ?? 0) + count;
  const done: StatusName = step.failures > 0 ? 'failed' : step.retries > 0 ? 'doneAfterRetries' : status;
  return { itemsOut, status: done };
}

function timed(step: StepProgress, event: { startedAt: number; endedAt: number }): Partial<StepProgress> {
  return { startedAt: event.startedAt, workedMs: step.workedMs + Math.max(0, event.endedAt - event.startedAt) };
}

/** A run that ended has no running steps, whatever the last event of a step said. */
function settleOpenSteps(progress: RunProgress): RunProgress {
  const steps = Object.entries(progress.steps).map(([id, step]) =>
    ['running', 'retrying', 'waiting', 'needsYou'].includes(step.status)
      ? [id, { ...step, status: 'cancelled' as const }]
      : [id, step],
  );
  return { ...progress, steps: Object.fromEntries(steps) };
}
