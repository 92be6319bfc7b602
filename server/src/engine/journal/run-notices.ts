import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.service.js';
import { runChangedChannel, type RunChanged } from '../../runs/run.events.js';
import type { RunRow } from './run-row.types.js';

/** Somebody who waits for a run. */
export interface RunListener {
  /** The row of each append of this process, after its commit. */
  onRow: (run: RunRow) => void;
  /** Some process appended; `seq` is the newest event in the database. */
  onHint: (seq: number) => void;
  /** The run stopped in this process for a reason that is no outcome of it. */
  onFailure: (error: unknown) => void;
}

/** Tells about runs after their appends are committed: waiting requests here at once, other processes over NOTIFY. */
@Injectable()
export class RunNotices {
  readonly #listeners = new Map<string, Set<RunListener>>();

  constructor(private readonly events: EventBus) {
    events.subscribe<RunChanged>(runChangedChannel, ({ runId, seq }) => {
      for (const { onHint } of this.#listeners.get(runId) ?? []) onHint(seq);
    });
  }

  /** The run as this process just committed it. */
  publish(run: RunRow): void {
    for (const { onRow } of this.#listeners.get(run.id) ?? []) onRow(run);
    const { id: runId, projectId, workflowId, status, mode } = run;
    const change: RunChanged = { runId, projectId, workflowId, status, mode, seq: run.lastSeq };
    this.events.publish(runChangedChannel, change);
  }

  /** The run stopped in this process for a reason that is no outcome of it. */
  fail(runId: string, error: unknown): void {
    for (const { onFailure } of this.#listeners.get(runId) ?? []) onFailure(error);
  }

  listen(runId: string, listener: RunListener): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set();
    this.#listeners.set(runId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(runId) === listeners) this.#listeners.delete(runId);
    };
  }
}
