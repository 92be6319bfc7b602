/** What a workload came to where the published figures were taken. */
export interface PublishedFigure {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
}

/** What `wfaib bench` measures. */
export type Workload = 'reply, auto' | 'reply, standard' | 'reply, strict' | 'reply, queue' | 'code' | '10 steps';

/**
 * Workload -> callers at a time -> figures: those of docs/performance.md, on 2 cores, with PostgreSQL, Temporal, server
 * and the one who calls on the same machine, fsync on.
 */
export const publishedFigures: Record<Workload, Partial<Record<number, PublishedFigure>>> = {
  'reply, auto': { 1: { perSecond: 828, p50: 1.1 }, 10: { perSecond: 2_645, p50: 3.3 } },
  'reply, standard': { 1: { perSecond: 59, p50: 15 }, 10: { perSecond: 97, p50: 100 } },
  'reply, strict': { 1: { perSecond: 26, p50: 37 }, 10: { perSecond: 41, p50: 237 } },
  'reply, queue': { 1: { perSecond: 150, p50: 6.4 }, 10: { perSecond: 286, p50: 34 } },
  code: { 1: { perSecond: 169, p50: 5.6 }, 10: { perSecond: 326, p50: 29 } },
  '10 steps': {},
};
