import {
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
  CancellationScope,
} from '@temporalio/workflow';
import { apartQueues } from './apart-queues.js';
import { HandedOut, keyOf } from './handed-out.js';
import type { CarriedRun, Progress, RunActivities, StepTask, TimerTask } from './run-activities.types.js';

/** Sent without content when the inbox of the run has news. */
export const wake = defineSignal('wake');

/** Above this many events the history is rolled over, once nothing is in flight; the state is in the journal. */
const longHistory = 1_500;
/** Activities in flight at once; the rest is handed out as these end. */
const maxInFlight = 50;

const { advance } = proxyLocalActivities<RunActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
});

const activityNames = { node: 'executeNode', connector: 'executeConnector', sandbox: 'executeSandbox' } as const;

/** A step's own time limit is kept by the runner; this much later its worker counts as dead. */
const graceMs = 30_000;

const longRunning = (task: StepTask, { isApart = false }: CarriedRun) =>
  proxyActivities<RunActivities>({
    ...(isApart && task.work !== 'node' ? { taskQueue: apartQueues[task.work] } : {}),
    startToCloseTimeout: task.timeoutMs + graceMs,
    // A worker that is killed or frozen is noticed by its silence.
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
    summary: task.name,
  });

const timers = proxyActivities<RunActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
});

/**
 * Carries one run under one epoch. Holds no items, no plan and no state of the run: it hands out what the runner says is
 * outstanding, waits for times and news, and ends with the run, or when another owner has it.
 */
export async function automationWorkflow(run: CarriedRun): Promise<'ended' | 'superseded'> {
  const handedOut = new HandedOut();
  let inFlight = 0;
  let news = true;
  let last: Progress | undefined;
  setHandler(wake, () => void (news = true));

  const isOver = (): boolean => last !== undefined && (last.ended || last.superseded);
  const isLong = (): boolean => workflowInfo().historyLength > longHistory || workflowInfo().continueAsNewSuggested;

  const take = (progress: Progress, known: number): void => {
    if (isOver()) return;
    last = progress;
    if (isOver() || isLong()) return;
    setCurrentDetails(waitsOf(progress));
    const mayBegin = handedOut.hear(progress, known);
    for (const task of progress.tasks) {
      if (inFlight >= maxInFlight) break;
      if (mayBegin(task)) void carryOut(task).finally(() => handedOut.end(task));
    }
  };

  const carryOut = async (task: StepTask | TimerTask): Promise<void> => {
    try {
      if (task.dueAt !== undefined && task.dueAt > Date.now())
        await sleep(task.dueAt - Date.now(), { summary: task.name });
      for (;;) {
        const known = handedOut.newest;
        const progress = await perform(task);
        take(progress, known);
        if (isOver() || isLong() || !lists(progress, task)) return;
        // By the clock of the worker it was not yet time.
        await sleep('1 second');
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  };

  const perform = async (task: StepTask | TimerTask): Promise<Progress> => {
    inFlight++;
    try {
      return await begin(run, task);
    } finally {
      inFlight--;
    }
  };

  const scope = new CancellationScope();
  await scope.run(async () => {
    while (!isOver()) {
      if (news) {
        news = false;
        const known = handedOut.newest;
        take(await advance(run), known);
        continue;
      }
      await condition(() => news || isOver() || (isLong() && inFlight === 0));
      if (isLong() && inFlight === 0 && !isOver()) await continueAsNew<typeof automationWorkflow>(run);
    }
  });
  // Timers of waits that are over, and steps that another owner repeats.
  scope.cancel();
  return last?.ended === true ? 'ended' : 'superseded';
}

function begin(run: CarriedRun, task: StepTask | TimerTask): Promise<Progress> {
  if (task.kind === 'timer') return timers.fireTimer(run, task.step, task.attempt);
  return longRunning(task, run)[activityNames[task.work]](run, task.step, task.attempt);
}

function lists({ tasks }: Progress, task: StepTask | TimerTask): boolean {
  return tasks.some((each) => keyOf(each) === keyOf(task));
}

/** What a person reads on Temporal's page of the workflow while it waits. */
function waitsOf({ tasks, waits = [] }: Progress): string {
  const timed = tasks.flatMap(({ name, dueAt }) =>
    dueAt === undefined ? [] : [`${name}: until ${new Date(dueAt).toISOString()}`],
  );
  return [...waits, ...timed].slice(0, 10).join('\n');
}
