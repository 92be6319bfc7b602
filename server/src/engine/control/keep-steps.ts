import { isDeepStrictEqual } from 'node:util';
import { apply } from '../../interpreter/apply.js';
import type { AgainReason, RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import { createRunState, type RunState } from '../../interpreter/run-state.js';
import { editedInput, inputPort } from '../../interpreter/step-keys.js';
import { keptCall } from './kept-calls.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RunProgram } from '../runner/run-memory.js';
import { referencedNamesOf } from '../steps/referenced-names.js';
import { unchangedNodes } from './unchanged-nodes.js';

type StepEvent = Exclude<Extract<RunEvent, { step: string; nodeId: string }>, { type: 'step.intended' }>;
type Created = Extract<RunEvent, { type: 'run.created' }>;

/** An ended run, and what a new one is to do with it. */
export interface KeepRequest {
  events: readonly RunEvent[];
  /** In order of start. */
  rows: readonly StepRow[];
  old: RunProgram;
  now: RunProgram;
  /** How the new run begins. */
  created: Created;
  /** Done again, with all that comes after: the visits of a node, or one visit. */
  from?: { nodeId: string } | { step: StepKey };
  /** Visits that ended after this event are done again. @defaultValue the last one */
  until?: number;
  /** Items that are there to be read, by port. */
  itemsOf(step: StepKey): Readonly<Record<string, number>>;
}

/** The part of an old run that a new one begins with. */
export interface KeptSteps {
  events: RunEvent[];
  /** In order of start. */
  rows: StepRow[];
  /** Where their items are. */
  steps: StepKey[];
  /** Where the items of called runs are that ended well, of steps that did not. */
  handed: { step: StepKey; port: string }[];
  /** Why visits are done again. */
  again: Map<StepKey, AgainReason>;
  /** The new run as far as it is kept. */
  state: RunState;
}

/**
 * Finds what a new run need not do again: visits that ended well or that a person decided, whose node does the same in both documents, and which
 * the new run comes to by the same way and with the same items. What the old journal says is told to a new run, event by
 * event: what it does not wait for is not kept, so that loops, merges and other documents need no rules of their own.
 */
export function keepSteps(request: KeepRequest): KeptSteps {
  const keeping = new Keeping(request);
  for (const event of request.events.slice(0, request.until)) {
    if (isOfStep(event)) keeping.take(event);
    if (event.type === 'input.edited') keeping.edit(event);
  }
  return keeping.told();
}

/** An intent belongs to the run that held it. */
const isOfStep = (event: RunEvent): event is StepEvent =>
  'step' in event && 'nodeId' in event && event.type !== 'step.intended';

class Keeping {
  private readonly state: RunState;
  private readonly events: RunEvent[] = [];
  private readonly edited: StepKey[] = [];
  private readonly kept = new Set<StepKey>();
  private readonly again = new Map<StepKey, AgainReason>();
  private readonly handed: KeptSteps['handed'] = [];
  /** Nodes that do the same in both documents. */
  private readonly same: ReadonlySet<string>;
  private readonly rowByKey: ReadonlyMap<StepKey, StepRow>;

  constructor(private readonly request: KeepRequest) {
    this.state = createRunState(request.now.plan);
    apply(this.state, request.created);
    this.rowByKey = new Map(request.rows.map((row) => [row.step, row]));
    this.same = unchangedNodes(request.old, request.now, request.created.mode);
    this.refuse();
  }

  take(event: StepEvent): void {
    const row = this.rowByKey.get(event.step);
    if (row === undefined || this.again.has(event.step)) return;
    if (!this.kept.has(event.step)) {
      const reason = this.reasonNow(row);
      if (reason !== undefined) return void this.again.set(event.step, reason);
      this.kept.add(event.step);
    }
    const told = withoutClaim(event);
    if (apply(this.state, told)) this.events.push(told);
  }

  /** Items that an earlier retry put in place of others are the input of the visit as long as nobody puts others there. */
  edit(event: Extract<RunEvent, { type: 'input.edited' }>): void {
    const step = editedInput(event.visit, event.edit);
    if (this.request.itemsOf(step)[inputPort] !== event.count || !apply(this.state, event)) return;
    this.events.push(event);
    this.edited.push(step);
  }

  told(): KeptSteps {
    for (const row of this.request.rows) if (this.again.get(row.step) === 'notDone') this.keepCalled(row);
    const rows = this.request.rows.filter(({ step }) => this.kept.has(step));
    const steps = [...rows.map(({ step }) => step), ...this.edited];
    return { events: this.events, rows, steps, handed: this.handed, again: this.again, state: this.state };
  }

  /** Of a step that calls and did not end well, the called runs that did are not called again. */
  private keepCalled(row: StepRow): void {
    const { events, until } = this.request;
    if (!this.same.has(row.nodeId) || this.reasonNow(row) !== undefined) return;
    const { events: told, ports } = keptCall(row.step, events.slice(0, until));
    for (const event of told) if (apply(this.state, event)) this.events.push(event);
    for (const port of ports) this.handed.push({ step: row.step, port });
  }

  /** What can be said of a visit without looking at others. */
  private refuse(): void {
    const { events, rows, until } = this.request;
    const done = new Set(events.slice(0, until).flatMap(doneStep));
    const reasonAgainst = (row: StepRow): AgainReason | undefined => {
      if (this.isStart(row)) return 'start';
      if (row.status === 'compensated') return 'undone';
      if (!done.has(row.step)) return 'notDone';
      if (!this.same.has(row.nodeId)) return 'nodeChanged';
      return this.hasItems(row) ? undefined : 'dataGone';
    };
    for (const row of rows) {
      // What the run was started with is there from its creation.
      if (this.state.visits.get(row.step)?.phase === 'ended') continue;
      const reason = reasonAgainst(row);
      if (reason !== undefined) this.again.set(row.step, reason);
    }
  }

  private isStart({ step, nodeId }: StepRow): boolean {
    const { from } = this.request;
    return from !== undefined && ('step' in from ? from.step === step : from.nodeId === nodeId);
  }

  private hasItems({ step, outputs }: StepRow): boolean {
    const there = this.request.itemsOf(step);
    return Object.entries(outputs).every(([port, count]) => there[port] === count);
  }

  private reasonNow(row: StepRow): AgainReason | undefined {
    const open = this.state.open.get(row.step);
    if (open === undefined) return 'follows';
    if (!isDeepStrictEqual(open.visit.inputs, row.inputs)) return 'inputChanged';
    return this.readsAgain(row) ? 'readsChanged' : undefined;
  }

  /** Whether the step looks, by `$('Name')`, at one that is done again. What started later it cannot have read. */
  private readsAgain({ nodeId, position }: StepRow): boolean {
    const { plan } = this.request.now;
    const names = referencedNamesOf(plan.nodes[plan.indexById.get(nodeId)!]!);
    if (names.length === 0) return false;
    const read = new Set(plan.nodes.filter(({ name }) => names.includes(name)).map(({ id }) => id));
    return this.request.rows.some((row) => read.has(row.nodeId) && row.position < position && this.again.has(row.step));
  }
}

/** The visit that an event ended well, or that a person answered for or let go. */
function doneStep(event: RunEvent): StepKey[] {
  if (event.type === 'step.decided') return event.action === 'use' || event.action === 'skip' ? [event.step] : [];
  return event.type === 'step.succeeded' || event.type === 'wait.resolved' ? [event.step] : [];
}

function withoutClaim(event: StepEvent): StepEvent {
  if (!('claim' in event)) return event;
  const { claim: _, ...rest } = event;
  return rest;
}
