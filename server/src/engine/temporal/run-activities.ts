import { Context } from '@temporalio/activity';
import type { Runner } from '../runner/runner.service.js';
import type { HostCommand, RunProgress } from '../runner/runner.types.js';
import type { Progress, RunActivities, StepTask, TimerTask } from './workflows/run-activities.types.js';

/** Longest a local activity runs light steps before the rest becomes activities, in milliseconds. */
const inPlaceMs = 4_000;
const heartbeatEveryMs = 2_000;

/** Whether light steps of a run are carried out in place: not under durability `strict`. */
export type LightInPlace = (runId: string) => Promise<boolean>;

/** The activities of the worker: the runner's calls, with the heartbeat and the cancellation of Temporal around them. */
export function createRunActivities(runner: Runner, lightInPlace: LightInPlace): RunActivities {
  const options = async (runId: string) => ({
    lightInPlace: await lightInPlace(runId),
    deadline: performance.now() + inPlaceMs,
  });

  const execute: RunActivities['executeNode'] = async (runId, epoch, step, attempt) => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), heartbeatEveryMs);
    try {
      const how = { ...(await options(runId)), signal: context.cancellationSignal };
      const progress = await runner.executeStep(runId, epoch, step, attempt, how);
      // This worker stops, or was given up: the step is Temporal's to hand to another one, the run goes on.
      if (progress.superseded) context.cancellationSignal.throwIfAborted();
      return toProgress(progress);
    } finally {
      clearInterval(beat);
    }
  };

  return {
    advance: async (runId, epoch) => toProgress(await runner.advance(runId, epoch, await options(runId))),
    executeNode: execute,
    executeConnector: execute,
    executeSandbox: execute,
    fireTimer: async (runId, epoch, step, attempt) =>
      toProgress(await runner.fireTimer(runId, epoch, step, attempt, await options(runId))),
  };
}

function toProgress({ commands, ended, superseded }: RunProgress): Progress {
  const isTask = (command: HostCommand): command is StepTask | TimerTask => command.kind !== 'idle';
  return { tasks: commands.filter(isTask), ended, superseded };
}
