import type { ScheduleSettings } from './schedule-settings.js';
import { nextTime, timesAfter } from './schedule-times.js';

/** A time that is this late counts as on time whatever `catchUp` says, in milliseconds: servers need a moment. */
export const graceMs = 10_000;
/** Times of one schedule that are taken up at once; the others follow in the next round. */
const maxAtOnce = 200;
/** Missed times are counted up to here. */
const maxCounted = 1_000;

/** Times that are too late to be made up for. */
export interface MissedTimes {
  /** At most 1000. */
  count: number;
  from: number;
  to: number;
}

/** What is due of a schedule at some moment. */
export interface DueTimes {
  due: number[];
  missed?: MissedTimes;
  /** The first time that is neither due nor missed; it may be past where more is due than one round takes. */
  next: number | undefined;
}

/** Divides the times from `nextAt` to `now` into those to run and those that are older than the catch-up window. */
export function dueTimes(settings: ScheduleSettings, nextAt: number, now: number): DueTimes {
  const windowStart = now - Math.max(settings.catchUpMs, graceMs);
  const due = timesAfter(settings, Math.max(nextAt, windowStart) - 1, now, maxAtOnce);
  const next = nextTime(settings, due.at(-1) ?? now);
  const missed = nextAt < windowStart ? missedTimes(settings, nextAt, windowStart) : undefined;
  return { due, next, ...(missed === undefined ? {} : { missed }) };
}

function missedTimes(settings: ScheduleSettings, from: number, windowStart: number): MissedTimes | undefined {
  const times = timesAfter(settings, from - 1, windowStart - 1, maxCounted);
  const to = times.at(-1);
  return to === undefined ? undefined : { count: times.length, from, to };
}
