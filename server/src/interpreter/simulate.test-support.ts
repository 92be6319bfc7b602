import type { StepError } from '@wfaib/sdk/errors';
import type { CompiledPlan, PlanNode } from '../plan/plan.types.js';
import { apply } from './apply.js';
import { nextCommands } from './next.js';
import { isEnded, statusOf, type RunStatus } from './queries.js';
import type { Command, RunEvent, StepDecision, StepKey, StepVisit, WaitSpec } from './run-events.types.js';
import { createRunState, type RunState } from './run-state.js';

/** What a step is made to come to: items per port, or something else. */
export type Outcome =
  | Record<string, number>
  | { fail: StepError }
  | { hold: StepError }
  | { retry: StepError }
  | { wait: WaitSpec[]; after?: Outcome };
type StepCommand = Extract<Command, { kind: 'step' | 'wait' }>;

/** How to play a run through. */
export interface Simulation {
  /** @defaultValue the first trigger of the plan, with one item */
  start?: { nodeId: string; as: 'trigger' | 'input'; count: number };
  stopAt?: string;
  /** Outcomes by node id. @defaultValue all items to the first port; loops work as `core.loop` with `batchSize` */
  outcomes?: Record<string, Outcome | ((visit: StepVisit, attempt: number) => Outcome)>;
  /** Which of `count` running steps ends next. @defaultValue the first */
  choose?: (count: number) => number;
  /** Asked before each step that ends: something from outside may happen first. A hand-over stops all that runs. */
  disturb?: (state: RunState) => RunEvent | undefined;
  /** What a person decides about a step that is held. @defaultValue to try again */
  decide?: (visit: StepVisit) => { action: StepDecision; outputs?: Record<string, number> };
  /** Called after each event. */
  watch?: (state: RunState, event: RunEvent) => void;
  /** Most events, so that a run without end is seen. @defaultValue 20_000 */
  maxEvents?: number;
}

/** What came of it. */
export interface Played {
  state: RunState;
  events: RunEvent[];
  status: RunStatus;
  /** Visits in the order they were begun, the trigger's left out. */
  visits: StepVisit[];
  /** Node ids in the order they were begun. */
  order: string[];
  /** Node ids in the order they ended, whatever they came to. */
  ended: string[];
  result: { step: StepKey; nodeId: string } | undefined;
}

/**
 * Plays a run through: begins every command at once, ends one after the other as `choose` says.
 * Nodes with effects are claimed first. A wait is resolved like a step that ends.
 * @throws Error when the run does not end, or an event is refused
 */
export function simulate(plan: CompiledPlan, simulation: Simulation = {}): Played {
  const player = new Player(plan, simulation);
  player.play();
  return player.played;
}

/** Applies a journal from its beginning. */
export function refold(plan: CompiledPlan, events: readonly RunEvent[]): RunState {
  const state = createRunState(plan);
  for (const event of events) {
    if (!apply(state, event)) throw new Error(`The journal holds an event without effect: ${JSON.stringify(event)}`);
  }
  return state;
}

class Player {
  readonly played: Played;
  private readonly running = new Map<string, StepCommand>();
  private readonly seen = new Set<string>();
  private readonly noted = new Set<StepKey>();
  private owner = 1;

  constructor(
    private readonly plan: CompiledPlan,
    private readonly simulation: Simulation,
  ) {
    const state = createRunState(plan);
    this.played = { state, events: [], status: 'pending', visits: [], order: [], ended: [], result: undefined };
  }

  play(): void {
    const { start = this.defaultStart(), stopAt } = this.simulation;
    this.happen({ type: 'run.created', at: 0, mode: 'test', start, ...(stopAt !== undefined && { stopAt }) });
    const maxEvents = this.simulation.maxEvents ?? 20_000;
    while (!isEnded(this.played.state)) {
      this.advance();
      if (this.played.events.length > maxEvents) throw new Error('The run does not end.');
    }
    this.played.status = statusOf(this.played.state);
    this.played.result = this.played.state.finished?.result;
  }

  private advance(): void {
    for (const command of nextCommands(this.played.state)) {
      if (command.kind === 'finish') {
        const { kind: _, ...outcome } = command;
        return this.happen({ type: 'run.finished', at: 0, ...outcome });
      }
      if (command.kind === 'call') throw new Error('Calls are played by hand.');
      this.begin(command);
    }
    this.disturb();
    if (isEnded(this.played.state)) return;
    const running = [...this.running];
    if (running.length === 0 && this.played.state.paused) return this.resume();
    if (running.length === 0 && nextCommands(this.played.state).length > 0) return;
    if (running.length === 0) throw new Error('The run is stuck: nothing runs and nothing is to be done.');
    const [name, command] = running[this.simulation.choose?.(running.length) ?? 0]!;
    this.running.delete(name);
    this.end(command);
  }

  /** What is held is decided upon, oldest first; any other pause just ends. */
  private resume(): void {
    const held = [...this.played.state.open.values()].find(({ phase }) => phase === 'held');
    if (!held) return this.happen({ type: 'run.resumed', at: 0 });
    const { visit, attempt } = held;
    const fact = { step: visit.key, nodeId: visit.nodeId, iteration: visit.iteration, attempt, at: 0 };
    this.happen({ type: 'step.decided', ...fact, ...(this.simulation.decide?.(visit) ?? { action: 'retry' }) });
  }

  private disturb(): void {
    const event = this.simulation.disturb?.(this.played.state);
    if (!event || !apply(this.played.state, event)) return;
    this.record(event);
    if (event.type !== 'run.handedOver') return;
    this.owner++;
    this.running.clear();
    this.seen.clear();
  }

  private begin(command: StepCommand): void {
    const { visit, attempt } = command;
    const name = `${command.kind}:${visit.key}:${attempt}`;
    if (this.seen.has(name)) return;
    this.seen.add(name);
    if (command.kind === 'step') this.note(visit);
    this.running.set(name, command);
    const node = this.nodeOf(visit);
    if (node.effect !== 'write' || command.kind === 'wait') return;
    this.happen({ type: 'step.intended', at: 0, claim: this.claimOf(command), ...factOf(command) });
  }

  private note(visit: StepVisit): void {
    if (this.noted.has(visit.key)) return;
    this.noted.add(visit.key);
    this.played.visits.push(visit);
    this.played.order.push(visit.nodeId);
  }

  private end(command: StepCommand): void {
    this.played.ended.push(command.visit.nodeId);
    const outcome = this.outcomeOf(command);
    const isClaimed = this.nodeOf(command.visit).effect === 'write';
    this.happen(eventOf(command, outcome, isClaimed ? this.claimOf(command) : undefined));
  }

  private outcomeOf({ visit, attempt, kind }: StepCommand): Outcome {
    const given = this.simulation.outcomes?.[visit.nodeId];
    const outcome = typeof given === 'function' ? given(visit, attempt) : given;
    const usable = kind === 'wait' && outcome && 'wait' in outcome ? (outcome.after as Outcome | undefined) : outcome;
    return usable ?? defaultOutcome(this.nodeOf(visit), visit);
  }

  private happen(event: RunEvent): void {
    // A step that does not count any more was dropped when the run stopped.
    if (!apply(this.played.state, event)) {
      if (this.played.state.stopping) return;
      throw new Error(`Refused: ${JSON.stringify(event)}`);
    }
    this.record(event);
  }

  private record(event: RunEvent): void {
    this.played.events.push(event);
    this.simulation.watch?.(this.played.state, event);
  }

  private claimOf({ visit, attempt }: StepCommand): string {
    return `${this.owner}:${visit.key}:${attempt}`;
  }

  private nodeOf(visit: StepVisit): PlanNode {
    return this.plan.nodes[this.plan.indexById.get(visit.nodeId)!]!;
  }

  private defaultStart(): NonNullable<Simulation['start']> {
    const trigger = this.plan.nodes.find((node) => node.isTrigger);
    if (!trigger) throw new Error('The graph has no trigger.');
    return { nodeId: trigger.id, as: 'trigger', count: 1 };
  }
}

/** Items that arrived at a port. */
export function arrivedAt(visit: StepVisit, port: string): number {
  const arrivals = visit.inputs.find((input) => input.port === port)?.arrivals ?? [];
  return arrivals.reduce((sum, arrival) => sum + arrival.count, 0);
}

function defaultOutcome(node: PlanNode, visit: StepVisit): Outcome {
  if (node.role !== 'loop') {
    return { [node.outputs[0] ?? 'main']: visit.inputs.reduce((sum, input) => sum + arrivedAt(visit, input.port), 0) };
  }
  const size = Number(node.node.parameters['batchSize'] ?? 1);
  const left = arrivedAt(visit, node.loop!.entryPort) - visit.visit * size;
  return left > 0 ? { loop: Math.min(size, left) } : { done: arrivedAt(visit, 'next') };
}

function factOf({ visit, attempt }: StepCommand): {
  step: StepKey;
  nodeId: string;
  iteration: number[];
  attempt: number;
} {
  return { step: visit.key, nodeId: visit.nodeId, iteration: visit.iteration, attempt };
}

function eventOf(command: StepCommand, outcome: Outcome, claim: string | undefined): RunEvent {
  const fact = { ...factOf(command), startedAt: 0, endedAt: 0, ...(claim !== undefined && { claim }) };
  if ('fail' in outcome) return { type: 'step.failed', ...fact, error: outcome.fail as StepError };
  if ('hold' in outcome) return { type: 'step.paused', ...fact, error: outcome.hold as StepError };
  if ('retry' in outcome) return { type: 'step.retrying', ...fact, error: outcome.retry as StepError, dueAt: 1 };
  if ('wait' in outcome) {
    return { type: 'step.waiting', ...factOf(command), at: 0, startedAt: 0, waits: outcome.wait as WaitSpec[] };
  }
  if (command.kind === 'wait')
    return { type: 'wait.resolved', ...factOf(command), at: 0, by: 'timer', outputs: outcome };
  return { type: 'step.succeeded', ...fact, status: 'succeeded', outputs: outcome };
}
