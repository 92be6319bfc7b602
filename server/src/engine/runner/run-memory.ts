import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { apply } from '../../interpreter/apply.js';
import { effectNumber, rememberedVisits } from '../../interpreter/queries.js';
import type { RunEvent, StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { RunState } from '../../interpreter/run-state.js';
import type { CompiledPlan, PlanNode } from '../../plan/plan.types.js';
import type { RunRow, StepRow } from '../journal/run-row.types.js';
import { HeldItems } from './held-items.js';
import { RunDraft } from './run-draft.js';
import { stepRowAfter } from './step-rows.js';
import { idempotencyKeyOf } from '../steps/idempotency-key.js';

/** A document and its plan, shared by all runs of the same content. */
export interface RunProgram {
  document: WorkflowDocument;
  plan: CompiledPlan;
  hash: string;
}

/** So many rows are not worth a look. */
const fewSteps = 500;

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
  /**
   * Visits in order of start. Those of loop rounds that ended are dropped some time after they were written: who may ask
   * for them reads them back.
   */
  readonly steps = new Map<StepKey, StepRow>();
  /** Items that were made or asked for lately. */
  readonly items = new HeldItems();
  /** What items came from that is no visit: what stands before the first node, or in place of an input. */
  readonly rowless = new Set<StepKey>();
  /** Number of visits that have begun, those that were dropped included. */
  stepCount = 0;
  #keptLast = 0;

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

  /** It waits for a place: no step of it begins, but it can be stopped. */
  get isHeld(): boolean {
    return this.run.place === 'held' && this.state.stopping === undefined && !this.hasEnded;
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
    const step = this.state.visits.get(event.step)?.visit.undoes;
    const isDone = event.type === 'step.decided' && event.action === 'done';
    if (step === undefined || !(isDone || event.type === 'step.succeeded' || event.type === 'wait.resolved')) return;
    const undone = this.steps.get(step);
    if (undone) this.putStep({ ...undone, status: 'compensated' });
    else this.draft.undone.push(step);
  }

  /** After an append: drops what nothing asks for any more, or only seldom. */
  forgetPast(): void {
    this.items.shrink();
    if (this.steps.size <= 2 * this.#keptLast + fewSteps) return;
    const kept = rememberedVisits(this.state);
    for (const step of this.steps.keys()) if (!kept.has(step)) this.steps.delete(step);
    this.#keptLast = this.steps.size;
  }

  putStep(row: StepRow): void {
    if (!this.steps.has(row.step)) this.stepCount += 1;
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
      position: this.stepCount,
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
