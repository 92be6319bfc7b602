import { Context } from '@temporalio/activity';
import type { Runner } from '../runner/runner.service.js';
import type { RunProgress } from '../runner/runner.types.js';
import { Liveness } from './liveness.js';
import { progressFor } from './progress.js';
import type { CarriedRun, RunActivities } from './workflows/run-activities.types.js';

/** Longest an activity runs light steps in place before the rest becomes activities of their own, in milliseconds. */
const inPlaceMs = 4_000;
const heartbeatEveryMs = 2_000;

/** Says that the inbox of a run has news, whatever this process believes. */
export type HearNews = (runId: string) => void;

/** The activities of the worker: the runner's calls, with the heartbeat and the cancellation of Temporal around them. */
export function createRunActivities(runner: Runner, hearNews: HearNews): RunActivities {
  const execute: RunActivities['executeNode'] = async (run, step, attempt) => {
    const context = Context.current();
    const liveness = new Liveness();
    const beat = setInterval(() => {
      liveness.beat();
      context.heartbeat();
    }, heartbeatEveryMs);
    try {
      const { cancellationSignal: signal } = context;
      const how = { ...optionsFor(run), signal, mayTouch: () => liveness.isAlive && !signal.aborted };
      const progress = await runner.executeStep(run.runId, run.epoch, step, attempt, how);
      if (progress.superseded) await requireSuperseded(runner, run, signal);
      return progressFor(progress);
    } finally {
      clearInterval(beat);
    }
  };

  return {
    advance: async (run) => {
      hearNews(run.runId);
      return progressFor(await runner.advance(run.runId, run.epoch, optionsFor(run)));
    },
    executeNode: execute,
    executeConnector: execute,
    executeSandbox: execute,
    fireTimer: async (run, step, attempt) =>
      progressFor(await runner.fireTimer(run.runId, run.epoch, step, attempt, optionsFor(run))),
  };
}

function optionsFor({ isStrict }: CarriedRun): { lightInPlace: boolean; deadline: number } {
  return { lightInPlace: !isStrict, deadline: performance.now() + inPlaceMs };
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
