import type { Item } from '@wfaib/sdk/items';
import type { LargeItems } from '../../data/item-chunks.types.js';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { apply } from '../../interpreter/apply.js';
import { effectNumber } from '../../interpreter/queries.js';
import type { RunEvent, StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { RunState } from '../../interpreter/run-state.js';
import type { CompiledPlan, PlanNode } from '../../plan/plan.types.js';
import type { RunRow, StepRow } from '../journal/run-row.types.js';
import { RunDraft } from './run-draft.js';
import { stepRowAfter } from './step-rows.js';
import { idempotencyKeyOf } from '../steps/idempotency-key.js';

/** A document and its plan, shared by all runs of the same content. */
export interface RunProgram {
  document: WorkflowDocument;
  plan: CompiledPlan;
  hash: string;
}

/** Says how a run that is not in the database yet is to be inserted. */
export interface Creation {
  keyScope?: string;
  inputHash?: string;
}

/**
 * One run as this process knows it: the fold of its journal, plus what is drafted and not written yet. Only the holder
 * of the run's lock touches it; after a refused append it is thrown away and read again.
 */
export class RunMemory {
  draft: RunDraft;
  /** The owner as the database has it. */
  storedProcessId: string | null;
  /** Visits so far, in order of start, those of loop rounds that ended included. */
  readonly steps = new Map<StepKey, StepRow>();
  /** Items by step and port, those that were asked for lately. */
  readonly items = new Map<string, readonly Item[]>();
  /** Where items are that are too many for memory, by step and port, those that were asked for. */
  readonly large = new Map<string, LargeItems>();

  constructor(
    readonly run: RunRow,
    readonly program: RunProgram,
    readonly state: RunState,
    /** Set while the run is not in the database. */
    public creation: Creation | undefined,
    monotonic: number,
  ) {
    this.draft = new RunDraft(monotonic);
    this.storedProcessId = run.processId;
  }

  get plan(): CompiledPlan {
    return this.program.plan;
  }

  get hasEnded(): boolean {
    return this.state.finished !== undefined;
  }

  node(nodeId: string): PlanNode {
    const index = this.plan.indexById.get(nodeId);
    if (index === undefined) throw new RangeError(`The plan of run ${this.run.id} has no node ${nodeId}.`);
    return this.plan.nodes[index]!;
  }

  /**
   * Something happened: the state moves on, and the event goes with the next append.
   * @returns false where the event has no say any more: it is not kept then.
   */
  record(event: RunEvent): boolean {
    const row = this.rowAfter(event);
    if (!apply(this.state, event)) return false;
    if (row) this.putStep(row);
    if ('step' in event) this.showUndone(event);
    this.draft.events.push(event);
    return true;
  }

  /** With the end of a visit that undoes, the visit it undoes counts as undone. */
  private showUndone(event: Extract<RunEvent, { step: StepKey }>): void {
    const undone = this.steps.get(this.state.visits.get(event.step)?.visit.undoes ?? '');
    const isDone = event.type === 'step.decided' && event.action === 'done';
    if (!undone || !(isDone || event.type === 'step.succeeded' || event.type === 'wait.resolved')) return;
    this.putStep({ ...undone, status: 'compensated' });
  }

  putStep(row: StepRow): void {
    this.steps.set(row.step, row);
    this.draft.changedSteps.add(row.step);
  }

  private rowAfter(event: RunEvent): StepRow | undefined {
    if (!('step' in event) || event.type === 'run.replied') return undefined;
    if (event.type === 'child.started' || event.type === 'child.ended' || event.type === 'wait.decided')
      return undefined;
    return stepRowAfter(this.steps.get(event.step), event, () => this.newStepRow(event.step, event.nodeId));
  }

  /** The row of a visit that has just begun. */
  newStepRow(step: StepKey, nodeId: string): StepRow {
    const node = this.node(nodeId);
    const visit = this.state.visits.get(step)?.visit;
    const inputs = visit?.inputs ?? [];
    const itemsIn = inputs.reduce((sum, { arrivals }) => sum + arrivals.reduce((all, { count }) => all + count, 0), 0);
    return {
      step,
      position: this.steps.size,
      nodeId,
      name: node.name,
      type: node.type,
      iteration: visit?.iteration ?? [],
      visit: visit?.visit ?? 0,
      attempt: 1,
      status: 'pending',
      startedAt: null,
      endedAt: null,
      // The key of the first item; further items and pages have their own (see `idempotencyKeyOf`).
      idempotencyKey: node.effect === 'write' ? this.#keyOf(visit ?? { key: step }) : null,
      inputs,
      itemsIn,
      itemsOut: 0,
      outputs: {},
      error: null,
      logs: null,
    };
  }

  #keyOf(visit: Pick<StepVisit, 'key' | 'undoes'>): string {
    return idempotencyKeyOf(this.run.keyRoot, visit.key, { effect: effectNumber(this.state, visit) });
  }
}
