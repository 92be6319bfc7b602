import type { NodeTotals, StepStory } from '../../../api/types.js';
import type { Stretch } from './time-scale.js';
import { t } from '../../../shared/i18n/i18n.js';
import { toldError } from '../../../shared/i18n/server-texts.js';

/** A piece of the bar of a step. */
export interface Bar extends Stretch {
  look: 'worked' | 'failedTry' | 'backOff' | 'wait' | 'span';
  status: string;
  title: string;
}

/** The pieces of one visit: tries that failed, the time until the next, pauses, and the try that counts. */
export function barsOf(visit: StepStory, now: number): Bar[] {
  if (!visit.startedAt) return [];
  const to = visit.endedAt ? Date.parse(visit.endedAt) : now;
  const bars: Bar[] = [];
  visit.tries.forEach(({ attempt, startedAt, endedAt, dueAt, error }, index) => {
    const next = visit.tries[index + 1]?.startedAt ?? Math.min(dueAt, to);
    bars.push({
      look: 'failedTry',
      status: 'failed',
      title: t('runs.bar.failed', { attempt, message: toldError(error) }),
      from: startedAt,
      to: endedAt,
    });
    bars.push({
      look: 'backOff',
      status: 'retrying',
      title: t('runs.bar.backOff'),
      from: endedAt,
      to: Math.max(endedAt, next),
    });
  });
  const isRetrying = visit.status === 'waiting' && visit.tries.length > 0 && visit.pauses.length === 0;
  if (isRetrying) return bars;
  const worked =
    visit.tries.length > 0
      ? Math.max(visit.tries.at(-1)!.dueAt, Date.parse(visit.startedAt))
      : Date.parse(visit.startedAt);
  const pauses = visit.pauses.map((pause) => ({ from: pause.startedAt, to: pause.endedAt ?? to }));
  if (pauses.length > 0) {
    const from = Math.min(...pauses.map((pause) => pause.from));
    const end = Math.max(...pauses.map((pause) => pause.to));
    return [...bars, { look: 'wait', status: 'waiting', title: t('runs.bar.waits'), from, to: Math.max(from, end) }];
  }
  return [
    ...bars,
    { look: 'worked', status: visit.error ? 'failed' : visit.status, title: '', from: Math.min(worked, to), to },
  ];
}

/** A node with more visits than are known is drawn from its first start to its last end. */
export function spanOf(totals: NodeTotals, status: string, now: number): Bar[] {
  if (!totals.startedAt) return [];
  const to = totals.endedAt ? Date.parse(totals.endedAt) : now;
  return [
    { look: 'span', status, title: t('runs.visits', { count: totals.visits }), from: Date.parse(totals.startedAt), to },
  ];
}

/** How long a run itself was at a node: visits that it kept of the run it repeats count only where all are kept. */
export function ownTimeOf(totals: NodeTotals, runStartedAt: string | null, now: number): number | undefined {
  if (!totals.startedAt) return undefined;
  const to = totals.endedAt ? Date.parse(totals.endedAt) : now;
  const from = Date.parse(totals.startedAt);
  const begin = runStartedAt === null ? from : Date.parse(runStartedAt);
  return to - (begin < to ? Math.max(from, begin) : from);
}

/** When a visit worked, for putting idle time together. */
export const busyStretches = (bars: readonly Bar[]): Stretch[] =>
  bars.filter(({ look }) => look === 'worked' || look === 'failedTry' || look === 'span');
