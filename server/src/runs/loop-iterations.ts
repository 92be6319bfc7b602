import type { IterationRecord } from './run-pages.repository.js';
import type { LoopIteration } from './run-pages.types.js';

/** Worst first: what a person looks for in a strip of many iterations. */
const order = ['failed', 'waiting', 'running', 'handled', 'retried', 'succeeded'];

export function iterationOf(record: IterationRecord): LoopIteration {
  const status = order.find((name) => (record as unknown as Record<string, number>)[name]! > 0) ?? 'succeeded';
  return {
    index: record.index,
    status,
    visits: record.visits,
    startedAt: record.started_at,
    endedAt: status === 'running' || status === 'waiting' ? null : record.ended_at,
  };
}

/** Neighbours put together until at most `most` parts are left; the worst of a part is its status. */
export function binned(
  iterations: readonly LoopIteration[],
  most: number,
): { from: number; to: number; status: string }[] {
  const size = Math.max(1, Math.ceil(iterations.length / most));
  const parts: { from: number; to: number; status: string }[] = [];
  for (let start = 0; start < iterations.length; start += size) {
    const part = iterations.slice(start, start + size);
    const statuses = new Set(part.map(({ status }) => status));
    const status = order.find((name) => statuses.has(name)) ?? 'succeeded';
    parts.push({ from: part[0]!.index, to: part.at(-1)!.index, status });
  }
  return parts;
}
