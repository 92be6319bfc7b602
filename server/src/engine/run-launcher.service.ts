import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { Kept } from './control/kept-journal.service.js';
import { Clock } from '../clock/clock.service.js';
import { Ids } from '../clock/ids.service.js';
import { ProcessHost } from './host/process-host.service.js';
import { HostRegistry } from './host/host-registry.js';
import { RunJournal } from './journal/run-journal.service.js';
import { ProcessLease } from './process/process-lease.service.js';
import { RunAccess } from './runner/run-access.js';
import type { RunMemory, RunProgram } from './runner/run-memory.js';
import { AppendRefused } from './runner/runner.errors.js';
import { createMemory } from './launcher/create-memory.js';
import { DurabilityChoice } from './launcher/durability-choice.js';
import type { LaunchedRun } from './launcher/launched-run.js';
import { ProgramCache } from './launcher/program-cache.js';
import { RunKeys } from './launcher/run-keys.js';
import { DocumentStore } from './launcher/document-store.js';
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
  /** What the run takes over from the one it retries. */
  kept?: Kept;
}

/** Starts runs, wherever they are asked for. */
@Injectable()
export class RunLauncher {
  constructor(
    private readonly programs: ProgramCache,
    private readonly documents: DocumentStore,
    private readonly durability: DurabilityChoice,
    private readonly registry: HostRegistry,
    private readonly processHost: ProcessHost,
    private readonly lease: ProcessLease,
    private readonly access: RunAccess,
    private readonly journal: RunJournal,
    private readonly keys: RunKeys,
    private readonly watch: RunWatch,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Starts a run, or finds the one its idempotency key names. When it returns the run is committed, unless its caller
   * waits for the answer: then the answer comes after the commit.
   * @throws RunKeyReused, PlanImpossible
   */
  async launch(request: LaunchRequest): Promise<LaunchedRun> {
    const program = this.programs.of(request.document);
    await this.lease.ensure();
    await this.documents.keep(program);
    const memory = this.#create(request, program);
    const run = this.watch.follow(memory.run.id);
    const mayWait = request.answersCaller && request.idempotencyKey === undefined && memory.run.host === 'process';
    if (!mayWait && !(await this.#commit(memory))) return this.#existing(request);
    await this.#start(memory);
    return run;
  }

  #create(request: LaunchRequest, program: RunProgram): RunMemory {
    const durability = this.durability.of(program, request.answersCaller);
    const picked = this.registry.pick(durability);
    // More than this process can take goes to another engine, where there is one.
    const spills = picked.name === 'process' && this.processHost.isFull;
    const host = spills ? (this.registry.bigger() ?? picked) : picked;
    const made = {
      id: request.runId ?? this.ids.newId(),
      now: this.clock.now(),
      monotonic: this.clock.monotonic(),
      resumeSecret: randomBytes(16).toString('hex'),
      durability,
      host: host.name,
      processId: host.name === 'process' ? this.lease.processId : null,
    };
    return createMemory(request, program, made);
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

  async #start(memory: RunMemory): Promise<void> {
    const { run } = memory;
    const host = this.registry.find(run.host);
    if (host?.worksHere) await this.access.adopt(memory);
    await host?.start(run.id, run.epoch);
  }
}
