import type { Item } from '@wfaib/sdk/items';
import { Injectable } from '@nestjs/common';
import type { StepError } from '@wfaib/sdk/errors';
import { StepFailure } from '../../nodes/core-node.types.js';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import type { Command } from '../../interpreter/run-events.types.js';
import { Log } from '../../logging/logger.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import { handedPort } from '../journal/related-parts.js';
import { RunPlaces } from '../places/run-places.service.js';
import { RunFactory } from '../launcher/run-factory.service.js';
import { finishRun } from '../runner/finish-run.js';
import type { ChildEnd } from '../runner/inbox-reader.js';
import { putOutputs } from '../runner/put-outputs.js';
import type { RunDraft } from '../runner/run-draft.js';
import type { RunMemory } from '../runner/run-memory.js';
import { RunWake } from '../run-wake.service.js';
import { RunItems } from '../steps/run-items.service.js';
import { ChildCalls, type CallCommand } from './child-calls.service.js';
import { ErrorRuns } from './error-runs.service.js';

const untold = 'A related run was not told at once; the reconciler will do it';

type Finish = Extract<Command, { kind: 'finish' }>;

/**
 * What runs have to do with each other: the ones that a step calls, the one that called, the one that hears of a failure.
 * All of it is written in the transactions of the runs themselves; what is done after them only saves waiting.
 */
@Injectable()
export class RunFamily {
  constructor(
    private readonly calls: ChildCalls,
    private readonly errors: ErrorRuns,
    private readonly factory: RunFactory,
    private readonly places: RunPlaces,
    private readonly items: RunItems,
    private readonly journal: JournalReader,
    private readonly wake: RunWake,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
  ) {}

  /** Begins what a step calls, or brings it to its end. */
  call(memory: RunMemory, command: CallCommand, signal: AbortSignal): Promise<void> {
    return this.calls.goOn(memory, command, signal);
  }

  /** Ends a run, with what that means for others: the one that waits for it, those it waits for, its error workflow. */
  async end(memory: RunMemory, finish: Finish): Promise<void> {
    finishRun(memory, finish, this.clock.now());
    // Who is to hear of its end has heard of it when it ended before.
    if (memory.state.compensation.isReopened) return;
    memory.draft.recallsChildren = memory.plan.nodes.some(({ type }) => type === 'core.call');
    if (memory.run.calledBy?.isAwaited === true) await this.#handOver(memory);
    const errorRun = await this.errors.make(memory);
    if (errorRun) memory.draft.children.push(errorRun);
  }

  /** After a commit: starts the runs that began with it, wakes those that have news, and gives its place to the next. */
  async tell({ run, hasEnded }: RunMemory, { children, news, recallsChildren, events }: RunDraft): Promise<void> {
    const runId = run.id;
    const starts = children.map((child) => this.factory.start(child));
    const wakes = news.map((row) => this.wake.wake(row.runId));
    const all = [...starts, ...wakes, ...(recallsChildren ? [this.#wakeRecalled(runId)] : [])];
    const waitsAgain = run.place === 'held' && events.some(({ type }) => type === 'run.resumed');
    if (waitsAgain || (hasEnded && run.place === 'taken')) all.push(this.places.give(run.workflowId!));
    if (all.length === 0) return;
    for (const end of await Promise.allSettled(all)) {
      if (end.status === 'rejected') this.log.warn({ runId, error: end.reason as unknown }, untold);
    }
  }

  async #wakeRecalled(runId: string): Promise<void> {
    const recalled = await this.journal.openChildren(runId);
    await Promise.all(recalled.map((id) => this.wake.wake(id)));
  }

  /** The caller hears of the end, and the items of the result are there for it. */
  async #handOver(memory: RunMemory): Promise<void> {
    const { run, draft } = memory;
    const { step, index } = run.calledBy!;
    const runId = run.parentRunId!;
    const { items, tooLarge } = await this.#resultOf(memory);
    for (const row of putOutputs(step, { outputs: { [handedPort(index)]: items } }).rows)
      draft.handed.push({ ...row, runId });
    const { error = tooLarge } = memory.state.finished!;
    const status = tooLarge === undefined ? memory.state.finished!.status : 'failed';
    const failure = status === 'succeeded' ? {} : { error: callFailed(memory, status, error) };
    const body: ChildEnd = { index, runId: run.id, status, ...failure };
    draft.news.push({ id: this.ids.newId(), runId, kind: 'child', step, body, dedupe: `child:${run.id}` });
  }

  /** A result that does not fit into memory cannot be handed over: the caller hears of that instead. */
  async #resultOf(memory: RunMemory): Promise<{ items: Item[]; tooLarge?: StepError }> {
    const { status, result } = memory.state.finished!;
    const row = result && memory.steps.get(result.step);
    if (status !== 'succeeded' || !row) return { items: [] };
    const ports = Object.keys(row.outputs).toSorted();
    try {
      const lists = await Promise.all(ports.map((port) => this.items.all(memory, row.step, port)));
      return { items: lists.flat() };
    } catch (thrown) {
      if (thrown instanceof StepFailure) return { items: [], tooLarge: thrown.error };
      throw thrown;
    }
  }
}

function callFailed({ run }: RunMemory, status: string, error: StepError | undefined): StepError {
  const why = error === undefined ? 'was cancelled' : `failed: ${error.message}`;
  return {
    code: 'call.failed',
    message: `"${run.workflowName}" ${status === 'cancelled' ? 'was cancelled' : why}`,
    details: { runId: run.id, workflowId: run.workflowId, status, ...(error ? { error } : {}) },
    ...(error?.retryable === false ? { retryable: false } : {}),
  };
}
