import type { NodeContext } from '../../nodes/core-node.types.js';

/** Spreads the items of a step over time: so many at once, then a pause, for services that count calls. */
export class Pace {
  private readonly startedAt = performance.now();

  private constructor(
    private readonly size: number,
    private readonly intervalMs: number,
  ) {}

  /** As the parameter says that the descriptor names with `paceFrom`; undefined where the step is in no hurry to wait. */
  static of(context: NodeContext): Pace | undefined {
    const { paceFrom } = context.descriptor;
    if (paceFrom === undefined) return undefined;
    const { size, intervalMs } =
      context.parameter<{ size?: number; intervalMs?: number } | undefined>(paceFrom, 0) ?? {};
    return typeof size === 'number' && size >= 1 && typeof intervalMs === 'number' && intervalMs > 0
      ? new Pace(Math.trunc(size), intervalMs)
      : undefined;
  }

  /** Waits until the batch of this item may begin. */
  async turnOf(index: number, signal: AbortSignal): Promise<void> {
    const waitMs = this.startedAt + Math.floor(index / this.size) * this.intervalMs - performance.now();
    if (waitMs <= 0) return;
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, waitMs);
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}
