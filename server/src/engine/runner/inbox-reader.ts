import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import { Clock } from '../../clock/clock.service.js';
import { approvalOf, approvalValue, verdictOf, type ApprovalDecision } from '../../interpreter/approvals.js';
import type { RunEvent, StepVisit } from '../../interpreter/run-events.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { InboxRow } from '../journal/run-row.types.js';
import { StepExecutor } from '../steps/step-executor.service.js';
import { decideStep, type StepChoice } from './decide-step.js';
import { resolveWait } from './resolve-wait.js';
import type { RunMemory } from './run-memory.js';
import type { RunSlot } from './run-slots.js';

/** Takes into a run what the outside asked of it. What has no place yet, such as an early resume, stays in the inbox. */
@Injectable()
export class InboxReader {
  constructor(
    private readonly journal: JournalReader,
    private readonly steps: StepExecutor,
    private readonly clock: Clock,
  ) {}

  async takeIn(memory: RunMemory, slot: RunSlot): Promise<void> {
    for (const row of await this.journal.inbox(memory.run.id)) {
      if (memory.hasEnded || (await this.#take(memory, slot, row))) memory.draft.consumed.push(row.id);
    }
  }

  async #take(memory: RunMemory, slot: RunSlot, row: InboxRow): Promise<boolean> {
    const at = this.clock.now();
    const by = (row.body as { by?: string } | null)?.by;
    const who = by === undefined ? {} : { by };
    if (row.kind === 'cancel') {
      const isForced = (row.body as { force?: boolean }).force === true;
      memory.record({ type: 'run.cancelRequested', at, ...who, ...(isForced && { isForced }) });
      slot.stop(isForced);
      return true;
    }
    if (row.kind === 'unpause') {
      await this.#unpause(memory, row, { at, ...who });
      return true;
    }
    if (row.kind === 'child') return takeChild(memory, row, at);
    if (row.kind === 'decision') return this.#decide(memory, row);
    const visit = waitingVisit(memory, row);
    if (visit === undefined) return false;
    const input = await this.steps.inputOf(memory, visit);
    resolveWait(memory, visit, input, { by: 'resume', items: (row.body as { items: ItemInput[] }).items }, at);
    return true;
  }

  /** Always taken: what is decided about a wait that is over has no place any more. */
  async #decide(memory: RunMemory, { step, body }: InboxRow): Promise<true> {
    const open = step === null ? undefined : memory.state.open.get(step);
    const request = open && approvalOf(open);
    if (open === undefined || request === undefined) return true;
    const { visit, attempt } = open;
    const { key, nodeId, iteration } = visit;
    const { decisionId: _, ...decided } = body as ApprovalDecision & { decisionId?: string };
    if (!memory.record({ type: 'wait.decided', ...decided, step: key, nodeId, iteration, attempt })) return true;
    const decisions = open.decisions ?? [];
    const verdict = verdictOf(request.required, decisions);
    if (verdict === undefined) return true;
    const input = await this.steps.inputOf(memory, visit);
    const approval = approvalValue(verdict, decisions);
    resolveWait(memory, visit, input, { by: 'decision', decision: verdict, approval }, decided.at);
    return true;
  }

  async #unpause(memory: RunMemory, { step, body }: InboxRow, when: { at: number; by?: string }): Promise<void> {
    const { choice = { action: 'retry' } } = body as Unpause;
    const held = [...memory.state.open.values()].filter(({ phase }) => phase === 'held');
    if (held.length === 0) return void memory.record({ type: 'run.resumed', ...when });
    for (const { visit } of held) {
      if (step !== null && visit.key !== step) continue;
      decideStep(memory, visit, await this.steps.loadInput(memory, visit), choice, when);
    }
  }
}

/** What a person chose for the step the run is paused at; without a choice it is tried again. */
interface Unpause {
  choice?: StepChoice;
}

/** What a called run says of its end. */
export type ChildEnd = Pick<Extract<RunEvent, { type: 'child.ended' }>, 'index' | 'status' | 'error'> & {
  runId: string;
};

/** Always taken: a step that does not wait for this run any more has no use for it. */
function takeChild(memory: RunMemory, { step, body }: InboxRow, at: number): true {
  const open = step === null ? undefined : memory.state.open.get(step);
  if (open === undefined) return true;
  const { visit, attempt } = open;
  const { key, nodeId, iteration } = visit;
  memory.record({ type: 'child.ended', at, ...(body as ChildEnd), step: key, nodeId, iteration, attempt });
  return true;
}

/** The wait the call is for: the one it names, else the oldest that can be ended by a call. */
function waitingVisit(memory: RunMemory, { step }: InboxRow): StepVisit | undefined {
  for (const { visit, phase, waits } of memory.state.open.values()) {
    if (phase !== 'waiting' || (step !== null && visit.key !== step)) continue;
    if (waits?.some(({ kind }) => kind === 'webhook')) return visit;
  }
  return undefined;
}
