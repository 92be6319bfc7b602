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
  follow(runId: string | undefined): void;
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
    follow: (runId) => {
      if (runId === get().runId) return;
      stop();
      waiting = [];
      set({ runId, progress: noProgress, connected: true, beat: 0 });
      if (!runId) return;
      const addSteps = async (id: string) => {
        const run = await read<Run>(`/api/runs/${id}`).catch(() => undefined);
        if (run && get().runId === id) set((state) => ({ progress: withSteps(state.progress, run.steps) }));
      };
      const flush = () => {
        frame = 0;
        const events = waiting;
        waiting = [];
        set((state) => ({ progress: events.reduce(advance, state.progress), beat: state.beat + 1 }));
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
