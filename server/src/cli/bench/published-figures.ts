/** What a workload came to where the published figures were taken. */
export interface PublishedFigure {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
}

/** What `wfaib bench` measures. */
export type Workload = 'reply' | 'reply, standard' | 'code' | '10 steps';

/**
 * Workload -> callers at a time -> figures: those of docs/performance.md, on 2 cores, with PostgreSQL, Temporal, server
 * and the one who calls on the same machine, fsync on.
 */
export const publishedFigures: Record<Workload, Partial<Record<number, PublishedFigure>>> = {
  reply: { 1: { perSecond: 720, p50: 1.3 }, 10: { perSecond: 1_950, p50: 4.6 } },
  'reply, standard': { 1: { perSecond: 48, p50: 19 }, 10: { perSecond: 95, p50: 99 } },
  code: { 1: { perSecond: 173, p50: 5.5 }, 10: { perSecond: 337, p50: 28 } },
  '10 steps': {},
};
