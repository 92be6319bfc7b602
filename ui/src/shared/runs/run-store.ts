import { createContext, useContext, useEffect } from 'react';
import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import { followRun } from '../../api/live.js';
import type { RunEvent } from '../../api/run-event.js';
import { get as read } from '../../api/client.js';
import type { Run } from '../../api/types.js';
import { advance, noProgress, withSteps } from './run-progress.js';
import type { RunProgress, StepProgress } from './run-progress.js';

export interface RunState {
  runId: string | undefined;
  progress: RunProgress;
  connected: boolean;
  /** Grows with every batch of events: a reason to ask for the run again. */
  beat: number;
  /** Steps of the run before, kept while a part of the workflow is run alone. */
  earlier: EarlierSteps | undefined;
  follow(runId: string | undefined, options?: { keepEarlier?: boolean }): void;
}

/** Each step with the run it was seen in. */
export interface EarlierSteps {
  steps: Readonly<Record<string, StepProgress>>;
  runs: Readonly<Record<string, string>>;
}

export type RunStore = StoreApi<RunState>;

/** Follows one run at a time; events are applied once per animation frame. */
export function createRunStore(): RunStore {
  let stop = () => {};
  let waiting: RunEvent[] = [];
  let frame = 0;
  return createStore<RunState>((set, get) => ({
    runId: undefined,
    progress: noProgress,
    connected: true,
    beat: 0,
    earlier: undefined,
    follow: (runId, { keepEarlier = false } = {}) => {
      if (runId === get().runId) return;
      const earlier = keepEarlier ? earlierOf(get()) : undefined;
      stop();
      cancelAnimationFrame(frame);
      frame = 0;
      waiting = [];
      set({ runId, progress: noProgress, connected: true, beat: 0, earlier });
      if (!runId) return;
      const addSteps = async (id: string) => {
        const run = await read<Run>(`/api/runs/${id}`).catch(() => undefined);
        if (run && get().runId === id) set((state) => ({ progress: withSteps(state.progress, run.steps) }));
      };
      const flush = () => {
        frame = 0;
        const events = waiting;
        waiting = [];
        set((state) => ({ progress: advance(state.progress, events), beat: state.beat + 1 }));
        if (events.some(({ type }) => type === 'run.created' || type === 'run.finished')) void addSteps(runId);
      };
      stop = followRun(runId, {
        onEvent: (event) => {
          waiting.push(event);
          frame ||= requestAnimationFrame(flush);
        },
        onConnection: (connected) => set({ connected }),
      });
    },
  }));
}

type WithSteps = Pick<RunState, 'runId' | 'earlier'> & { progress: Pick<RunProgress, 'steps'> };

function earlierOf(state: WithSteps): EarlierSteps {
  const { steps, runOf } = stepsWithEarlier(state);
  const runs = Object.keys(steps).map((id) => [id, runOf(id) ?? ''] as const);
  return { steps, runs: Object.fromEntries(runs) };
}

/** The steps of the run, and of the ones before where this one has none; `runOf` says whose they are. */
export function stepsWithEarlier({ runId, progress, earlier }: WithSteps) {
  return {
    steps: earlier ? { ...earlier.steps, ...progress.steps } : progress.steps,
    runOf: (nodeId: string): string | undefined => (progress.steps[nodeId] ? runId : (earlier?.runs[nodeId] ?? runId)),
  };
}

const RunContext = createContext<RunStore | undefined>(undefined);
export const RunProvider = RunContext.Provider;

export function useRunStore(): RunStore {
  const store = useContext(RunContext);
  if (!store) throw new Error('There is no run around this component.');
  return store;
}

export function useRunState<T>(select: (state: RunState) => T): T {
  return useStore(useRunStore(), select);
}

export function useStepProgress(nodeId: string): StepProgress | undefined {
  return useRunState((state) => state.progress.steps[nodeId]);
}

export function useFollow(runId: string | undefined): void {
  const store = useRunStore();
  useEffect(() => {
    store.getState().follow(runId);
    return () => store.getState().follow(undefined);
  }, [store, runId]);
}
