import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { RunStarter } from '../runs/run.types.js';
import type { Kept } from './control/kept-journal.service.js';
import { RunJournal } from './journal/run-journal.service.js';
import type { RunMemory } from './runner/run-memory.js';
import { AppendRefused } from './runner/runner.errors.js';
import type { RunRow } from './journal/run-row.types.js';
import type { LaunchedRun } from './launcher/launched-run.js';
import { RunFactory } from './launcher/run-factory.service.js';
import { RunKeys } from './launcher/run-keys.js';
import { RunWatch } from './launcher/run-watch.js';

export type { LaunchedRun, RunEnd } from './launcher/launched-run.js';

/** Everything a run is started from. */
export interface LaunchRequest {
  /** Chosen by the caller where files were stored under it before. @defaultValue a new one */
  runId?: string;
  projectId: string;
  workflowId?: string;
  workflowName: string;
  version?: number;
  /** Checked already: what has errors never gets here. The same object again spares compiling it again. */
  document: WorkflowDocument;
  mode: 'production' | 'test';
  startedBy: RunStarter;
  /** `trigger`: the items are the output of this trigger; `input`: they are the input of this node. */
  start: { nodeId: string; as: 'trigger' | 'input'; edit?: string };
  items: ItemInput[];
  /** The run ends when this node was visited. */
  stopAt?: string;
  /** A second launch with this key, within `keyScope`, answers the same run. */
  idempotencyKey?: string;
  /** @defaultValue the workflow id, else empty */
  keyScope?: string;
  /** Tells whether a second launch with the same key has the same input. */
  inputHash?: string;
  /** Somebody waits for the answer: such runs stay in this process where they can. */
  answersCaller: boolean;
  parentRunId?: string;
  retryOf?: string;
  rootRunId?: string;
  /** What its idempotency keys are made from. @defaultValue the root */
  keyRoot?: string;
  /** Number of runs above it. @defaultValue 0 */
  depth?: number;
  /** The step of `parentRunId` that calls it. */
  calledBy?: NonNullable<RunRow['calledBy']>;
  /** How often visits were undone by the runs that it retries. @defaultValue never */
  undone?: Record<string, number>;
  /** It works in the place of a run that waits for it. @defaultValue false */
  sharesPlace?: boolean;
  /** What the run takes over from the one it retries. */
  kept?: Kept;
}

/** Starts runs, wherever they are asked for. */
@Injectable()
export class RunLauncher {
  constructor(
    private readonly factory: RunFactory,
    private readonly journal: RunJournal,
    private readonly keys: RunKeys,
    private readonly watch: RunWatch,
  ) {}

  /**
   * Starts a run, or finds the one its idempotency key names. When it returns the run is committed, unless its caller
   * waits for the answer: then the answer comes after the commit.
   * @throws RunKeyReused, PlanImpossible
   */
  async launch(request: LaunchRequest): Promise<LaunchedRun> {
    const memory = await this.factory.make(request);
    const run = this.watch.follow(memory.run.id);
    const { host, place } = memory.run;
    const mayWait =
      request.answersCaller && request.idempotencyKey === undefined && host === 'process' && place === null;
    if (!mayWait && !(await this.#commit(memory))) return this.#existing(request);
    await this.factory.start(memory);
    return run;
  }

  /** @returns false where another run has the key */
  async #commit(memory: RunMemory): Promise<boolean> {
    try {
      await this.journal.flush(memory);
      return true;
    } catch (error) {
      if (error instanceof AppendRefused && error.outcome === 'keyTaken') return false;
      throw error;
    }
  }

  async #existing(request: LaunchRequest): Promise<LaunchedRun> {
    const runId = await this.keys.runOf(request);
    return { ...this.watch.follow(runId), existing: true };
  }
}
