import { Context } from '@temporalio/activity';
import type { RunPause } from '../reconciler/run-pause.service.js';
import { superseded } from '../runner/run-access.js';
import type { RunSlots } from '../runner/run-slots.js';
import type { Runner } from '../runner/runner.service.js';
import type { AdvanceOptions, RunProgress } from '../runner/runner.types.js';
import { Liveness } from './liveness.js';
import { progressFor } from './progress.js';
import type { StartTurns } from './start-turns.js';
import { WorkerDeaths } from './worker-deaths.js';
import type { CarriedRun, Progress, RunActivities } from './workflows/run-activities.types.js';

/** Longest an activity runs light steps in place before the rest becomes activities of their own, in milliseconds. */
const inPlaceMs = 4_000;
const heartbeatEveryMs = 2_000;
/** Workers in a row that a step may take with it before a person is asked. */
const patience = 3;

/** What activities need of their worker. */
export interface ActivityTools {
  runner: Runner;
  pause: RunPause;
  slots: Pick<RunSlots, 'find'>;
  turns: Pick<StartTurns, 'end'>;
}

/** The activities of the worker: the runner's calls, with the heartbeat and the cancellation of Temporal around them. */
export function createRunActivities({ runner, pause, slots, turns }: ActivityTools): RunActivities {
  /** Does the work of an activity, unless it has taken down too many workers already. */
  const carefully = async (run: CarriedRun, step: string, work: () => Promise<RunProgress>): Promise<Progress> => {
    const deaths = new WorkerDeaths(Context.current());
    if (deaths.count > patience) {
      await pause.pauseAt({ ...run, host: 'temporal' }, step, deaths.count);
      return progressFor(superseded);
    }
    const beat = setInterval(() => deaths.beat(), heartbeatEveryMs);
    try {
      return progressFor(await work());
    } catch (error) {
      deaths.endInOrder();
      throw error;
    } finally {
      clearInterval(beat);
    }
  };

  const execute: RunActivities['executeNode'] = (run, step, attempt) =>
    carefully(run, step, async () => {
      const { cancellationSignal: signal, info } = Context.current();
      // Another worker had this try before, and may have got as far as its effect.
      const isRepeated = info.attempt > 1;
      const liveness = new Liveness();
      const beat = setInterval(() => liveness.beat(), heartbeatEveryMs);
      try {
        const how = { ...optionsFor(run), signal, isRepeated, mayTouch: () => liveness.isAlive && !signal.aborted };
        const progress = await runner.executeStep(run.runId, run.epoch, step, attempt, how);
        if (progress.superseded) await requireSuperseded(runner, run, signal);
        return progress;
      } finally {
        clearInterval(beat);
      }
    });

  return {
    advance: async (run) => {
      // Temporal may tell of news sooner than PostgreSQL does.
      const slot = slots.find(run.runId);
      if (slot) slot.hasNews = true;
      try {
        return progressFor(await runner.advance(run.runId, run.epoch, optionsFor(run)));
      } finally {
        turns.end(run.runId);
      }
    },
    executeNode: execute,
    executeConnector: execute,
    executeSandbox: execute,
    fireTimer: (run, step, attempt) =>
      carefully(run, step, () => runner.fireTimer(run.runId, run.epoch, step, attempt, optionsFor(run))),
  };
}

function optionsFor({ isStrict, isApart = false }: CarriedRun): AdvanceOptions {
  return { lightInPlace: !isStrict, codeElsewhere: isApart, deadline: performance.now() + inPlaceMs };
}

/**
 * A step that this worker let go of, because it stops or was out of reach, is Temporal's to hand to another one: only a run
 * that has another owner is let go of as a whole.
 */
async function requireSuperseded(runner: Runner, run: CarriedRun, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const now: RunProgress = await runner.advance(run.runId, run.epoch, { lightInPlace: false });
  if (!now.superseded) throw new Error('This worker let go of the step; it is tried again.');
}
