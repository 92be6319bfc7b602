import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventBus } from '../events/event-bus.service.js';
import { runChangedChannel, stepProgressChannel, type RunChanged, type StepProgressed } from './run.events.js';
import { isEnded } from './run.types.js';
import { RunQueries } from './run-queries.service.js';

/** Events may be lost: a waiting request looks by itself this often, in milliseconds. */
const pollMs = 1_000;

/** Tells who follows a run that there is news. */
@Injectable()
export class RunWatch implements OnModuleDestroy {
  private readonly followers = new Map<string, Set<() => void>>();
  private readonly stops: (() => void)[];

  constructor(
    bus: EventBus,
    private readonly runs: RunQueries,
  ) {
    const tellOf = ({ runId }: { runId: string }) => this.followers.get(runId)?.forEach((tell) => tell());
    this.stops = [
      bus.subscribe<RunChanged>(runChangedChannel, tellOf),
      bus.subscribe<StepProgressed>(stepProgressChannel, tellOf),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.stops) stop();
  }

  /** Calls `tell` on each change of the run until the function it returns is called. */
  follow(runId: string, tell: () => void): () => void {
    const all = this.followers.get(runId) ?? new Set();
    this.followers.set(runId, all.add(tell));
    return () => {
      all.delete(tell);
      if (all.size === 0 && this.followers.get(runId) === all) this.followers.delete(runId);
    };
  }

  /** Returns when the run has ended or after `timeoutMs`. @throws RunNotFound */
  async untilEnded(projectId: string, runId: string, timeoutMs: number): Promise<void> {
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      const change = this.nextChange(runId, Math.min(pollMs, giveUpAt - performance.now()));
      try {
        if (isEnded((await this.runs.getSummary(projectId, runId)).status) || performance.now() >= giveUpAt) return;
        await change.promise;
      } finally {
        change.stop();
      }
    }
  }

  /**
   * A promise of the next change, or of the end of `timeoutMs`. It follows from now on, so that a change between a look
   * and the wait is not missed. Call `stop` in any case: it ends the promise as well.
   */
  nextChange(runId: string, timeoutMs: number): { promise: Promise<void>; stop: () => void } {
    let wake: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (wake = resolve));
    const unfollow = this.follow(runId, wake);
    const timer = setTimeout(wake, Math.max(0, timeoutMs));
    return {
      promise,
      stop: () => {
        unfollow();
        clearTimeout(timer);
        wake();
      },
    };
  }
}
