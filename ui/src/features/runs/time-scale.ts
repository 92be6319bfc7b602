import type { Run, RunStep } from '../../api/types.js';

export interface TimeScale {
  totalMs: number;
  /** Left edge and width in per cent of the whole, and the duration. */
  placeOf(step: RunStep): { left: number; width: number; ms: number };
  /** The same for a stretch of time, in milliseconds since 1970. */
  placeOfTime(startedAt: number, endedAt: number): { left: number; width: number };
}

/** Maps instants of a run to places on its timeline; what is still open reaches to now. */
export function timeScale(run: Pick<Run, 'createdAt' | 'startedAt' | 'endedAt' | 'steps'>, now: number): TimeScale {
  const start = Date.parse(run.startedAt ?? run.createdAt);
  const ends = run.steps.map((step) => endOf(step, now));
  const end = run.endedAt
    ? Date.parse(run.endedAt)
    : run.steps.some((step) => !step.endedAt)
      ? now
      : Math.max(start, ...ends);
  const totalMs = Math.max(1, end - start);
  const placeOfTime = (startedAt: number, endedAt: number) => {
    const left = clamp(((startedAt - start) / totalMs) * 100);
    return { left, width: Math.min(100 - left, clamp(((endedAt - startedAt) / totalMs) * 100)) };
  };
  return {
    totalMs,
    placeOf: (step) => {
      const begun = step.startedAt ? Date.parse(step.startedAt) : start;
      const ms = Math.max(0, endOf(step, now) - begun);
      return { ...placeOfTime(begun, begun + ms), ms };
    },
    placeOfTime,
  };
}

function endOf(step: RunStep, now: number): number {
  if (step.endedAt) return Date.parse(step.endedAt);
  return step.startedAt ? now : 0;
}

const clamp = (value: number) => Math.min(100, Math.max(0, value));
