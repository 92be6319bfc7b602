import { describe, expect, it } from 'vitest';
import type { NodeContext } from '../../nodes/core-node.types.js';
import { Pace } from './pace.js';

const withBatch = (batch: unknown) =>
  Pace.of({ descriptor: { paceFrom: 'batch' }, parameter: () => batch } as unknown as NodeContext);
const never = new AbortController().signal;

describe('the pace of a step', () => {
  it('lets one batch after the other begin', async () => {
    const pace = withBatch({ size: 2, intervalMs: 40 })!;
    const order: number[] = [];
    const from = performance.now();
    const begun = await Promise.all(
      [4, 2, 0, 1, 3].map(async (index) => {
        await pace.turnOf(index, never);
        order.push(index);
        return { index, afterMs: performance.now() - from };
      }),
    );
    expect(order.map((index) => Math.floor(index / 2))).toEqual([0, 0, 1, 1, 2]);
    // Timers never fire early by more than their own resolution.
    expect(begun.every(({ index, afterMs }) => afterMs >= Math.floor(index / 2) * 40 - 2)).toBe(true);
  });

  it('is not kept where no batch is given', () => {
    expect(withBatch(undefined)).toBeUndefined();
    expect(withBatch({ size: 5 })).toBeUndefined();
  });

  it('ends its waiting with the step', async () => {
    const stop = new AbortController();
    const waiting = withBatch({ size: 1, intervalMs: 60_000 })!.turnOf(1, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
  });
});
