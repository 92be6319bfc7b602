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
  /** Visits that failed and went on, as `onError` says. */
  handled: number;
  /** Tries that failed and were followed by another, oldest first. */
  failedTries: readonly { step: string; startedAt: number; endedAt: number }[];
  /** Items per output port, added up over the visits. */
  itemsOut: Readonly<Record<string, number>>;
  /** Those of `itemsOut` that only the run as the server shows it tells of so far, by visit: the event of the visit takes their place. */
  shownItems: Readonly<Record<string, Readonly<Record<string, number>>>>;
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
  handled: 0,
  failedTries: [],
  itemsOut: {},
  shownItems: {},
  workedMs: 0,
};

/**
 * The progress after some more events; steps the events do not touch stay the same objects. The list of steps is copied
 * once for all of them: a run that is opened late has thousands of events to tell at once.
 */
export function advance(progress: RunProgress, events: readonly RunEvent[]): RunProgress {
  let now = progress;
  let steps: Record<string, StepProgress> | undefined;
  for (const event of events) {
    if (isOfStep(event)) {
      if (!steps) {
        steps = { ...now.steps };
        now = { ...now, status: now.status ?? 'running', steps };
      }
      steps[event.nodeId] = advanceStep(steps[event.nodeId] ?? fresh, event);
    } else {
      now = advanceRun(now, event);
      steps = undefined;
    }
  }
  return now;
}

type StepEvent = Extract<RunEvent, { nodeId: string }>;
const isOfStep = (event: RunEvent): event is StepEvent => 'nodeId' in event;

function advanceRun(progress: RunProgress, event: Exclude<RunEvent, StepEvent>): RunProgress {
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
    default:
      return progress;
  }
}

/** The trigger of a run has no event of its own: its items came with the run. */
function startedBy({ start }: Extract<RunEvent, { type: 'run.created' }>): RunProgress['steps'] {
  if (start?.as !== 'trigger') return {};
  return { [start.nodeId]: { ...fresh, status: 'succeeded', itemsOut: { main: start.count } } };
}

/** Adds visits that only the run as the server shows it knows of; events of these visits may still come. */
export function withSteps(progress: RunProgress, steps: readonly RunStep[]): RunProgress {
  const merged = { ...progress.steps };
  for (const [nodeId, visits] of byNode(steps)) {
    const known = merged[nodeId] ?? { ...fresh, status: visits[0]!.status };
    const seen = new Set(known.stepIds);
    const more = visits.filter(({ id }) => !seen.has(id));
    // The items of the trigger came with the begin of the run, which names no visit.
    const hasItems = merged[nodeId] === undefined || seen.size > 0;
    const shown = more.flatMap(({ id, undoes, ports }) => (hasItems && !undoes && ports ? [[id, ports] as const] : []));
    merged[nodeId] = {
      ...known,
      stepIds: [...known.stepIds, ...more.map(({ id }) => id)],
      itemsOut: shown.reduce((sum, [, ports]) => added(sum, ports), known.itemsOut),
      shownItems: { ...known.shownItems, ...Object.fromEntries(shown) },
    };
  }
  return { ...progress, steps: withUndone(merged, steps) };
}

function byNode(steps: readonly RunStep[]): Map<string, RunStep[]> {
  const found = new Map<string, RunStep[]>();
  for (const step of steps) {
    const visits = found.get(step.nodeId);
    if (visits) visits.push(step);
    else found.set(step.nodeId, [step]);
  }
  return found;
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
    case 'step.succeeded': {
      const after = { ...step, handled: step.handled + (event.error ? 1 : 0) };
      return {
        ...after,
        ...timed(after, event),
        ...outcomeOf(after, event, event.outputs, event.status),
        error: event.error,
      };
    }
    case 'wait.decided':
      return step;
    case 'wait.resolved':
      return { ...step, ...outcomeOf(step, event, event.outputs ?? {}, 'succeeded') };
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
        : { ...step, ...outcomeOf(step, event, event.outputs ?? {}, 'skipped') };
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
  { step: visit }: StepEvent,
  outputs: Record<string, number>,
  status: 'succeeded' | 'skipped',
): Partial<StepProgress> {
  const { [visit]: shown = {}, ...shownItems } = step.shownItems;
  const itemsOut = added(added(step.itemsOut, shown, -1), outputs);
  return { itemsOut, shownItems, status: doneStatus(step, status) };
}

/** How a step stands that has done its work: the worst of its visits counts. */
function doneStatus({ failures, handled, retries }: StepProgress, status: 'succeeded' | 'skipped'): StatusName {
  if (failures > 0) return 'failed';
  if (handled > 0) return 'failedWentOn';
  return retries > 0 ? 'doneAfterRetries' : status;
}

function added(
  sum: StepProgress['itemsOut'],
  ports: StepProgress['itemsOut'],
  sign: 1 | -1 = 1,
): Record<string, number> {
  const all = { ...sum };
  for (const [port, count] of Object.entries(ports)) all[port] = (all[port] ?? 0) + sign * count;
  return all;
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
