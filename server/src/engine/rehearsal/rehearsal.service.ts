import type { Item } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { eachCommand, nextCommands } from '../../interpreter/next.js';
import { deadlineOf, statusOf } from '../../interpreter/queries.js';
import type { Command } from '../../interpreter/run-events.types.js';
import { compilePlan } from '../../plan/compile-plan.js';
import { itemsOf, itemsOfNothing, startOf } from '../control/run-start.js';
import { createMemory } from '../launcher/create-memory.js';
import type { LaunchRequest } from '../run-launcher.service.js';
import { decideStep } from '../runner/decide-step.js';
import { finishRun } from '../runner/finish-run.js';
import { isLight, waitEnd } from '../runner/host-commands.js';
import { recordOutcome } from '../runner/record-outcome.js';
import { resolveWait } from '../runner/resolve-wait.js';
import type { RunMemory } from '../runner/run-memory.js';
import { StepInput } from '../steps/step-input.js';
import { tryStep, type StepTools } from '../steps/try-step.js';
import { itemsIn, memoryItems } from './memory-items.js';
import { rehearseCall } from './rehearse-call.js';
import { NothingStandsIn, RehearsalEndless, RehearsalStop } from './rehearsal.errors.js';
import { RehearsedFiles } from './rehearsed-files.js';
import type { Rehearsed, RehearsalRequest } from './rehearsal.types.js';

type StepCommand = Extract<Command, { kind: 'step' }>;
type CallCommand = Extract<Command, { kind: 'call' }>;
type WaitCommand = Extract<Command, { kind: 'wait' }>;

const runId = '00000000-0000-7000-8000-000000000001';
const defaultMaxEvents = 1_000_000;

/**
 * Plays a run in memory: the interpreter, the nodes and the way a step is executed are those of every other run; journal,
 * database, hosts and connectors are left out. Steps end one after the other, oldest first, and time moves only from one
 * wait or retry to the next, so that the same request always gives the same journal.
 * @throws NothingStandsIn, RehearsalEndless, RunTriggerAmbiguous, RunNodeUnknown, PlanImpossible, and whatever
 * `standIn`, `endWait` or `endPause` throw
 */
export async function rehearse(request: RehearsalRequest): Promise<Rehearsed> {
  const rehearsal = new Rehearsal(request);
  await rehearsal.play();
  return rehearsal.told();
}

class Rehearsal {
  private readonly memory: RunMemory;
  private readonly tools: StepTools;
  /** Steps that were begun and have not ended, oldest first. */
  private readonly begun: StepCommand[] = [];
  /** Waits that the outside was asked about. */
  private readonly asked = new Set<string>();
  /** What called runs came to, by step and index. */
  private readonly results = new Map<string, Map<number, readonly Item[]>>();
  /** Of this run and those it calls. */
  private readonly files: RehearsedFiles;
  private now: number;
  /** What the visit at work sees as the time. */
  private seen: number | undefined;
  private stopped: RehearsalStop | undefined;

  constructor(private readonly request: RehearsalRequest) {
    this.now = request.startedAt;
    this.memory = memoryOf(request);
    this.files = request.files ?? new RehearsedFiles();
    this.tools = this.toolsOf(request);
  }

  async play(): Promise<void> {
    try {
      await this.playOn();
    } catch (error) {
      if (!(error instanceof RehearsalStop)) throw error;
      this.stopped = error;
    }
  }

  private async playOn(): Promise<void> {
    const { maxEvents = defaultMaxEvents } = this.request;
    while (!this.memory.hasEnded) {
      if (this.memory.draft.events.length > maxEvents) throw new RehearsalEndless(maxEvents);
      const isPaused = this.memory.state.paused !== undefined;
      if (!(await (isPaused ? this.decide() : this.goOn()))) return;
    }
  }

  /** What was begun before the pause comes to its end; then somebody decides, or the run stays as it is. */
  private async decide(): Promise<boolean> {
    const begun = this.begun.shift();
    if (begun) {
      await this.run(begun);
      return true;
    }
    for (const { visit, phase } of this.memory.state.open.values()) {
      const choice = phase === 'held' ? this.request.endPause?.(this.memory.node(visit.nodeId)) : undefined;
      if (choice === undefined) continue;
      const input = await StepInput.load(this.memory, visit, memoryItems);
      return decideStep(this.memory, visit, input, choice, { at: this.now });
    }
    return false;
  }

  told(): Rehearsed {
    const { state, run, steps, draft } = this.memory;
    const { error, result } = state.finished ?? {};
    return {
      status: statusOf(state),
      ...(error && { error }),
      ...(result && { result: { nodeId: result.nodeId, items: this.resultItems(result.step) } }),
      ...(run.reply && { reply: run.reply }),
      ...(this.stopped && { stopped: { ...this.stopped.place, why: this.stopped.message } }),
      events: draft.events,
      steps: [...steps.values()],
      elapsedMs: this.now - this.request.startedAt,
      itemsOf: (step, port) => itemsIn(this.memory, step, port),
    };
  }

  /** All ports of a step together, in their order, as the result of a run has them. */
  private resultItems(step: string) {
    const row = this.memory.steps.get(step);
    const ports = row === undefined ? [] : this.memory.node(row.nodeId).outputs;
    return ports.flatMap((port) => itemsIn(this.memory, step, port));
  }

  /** @returns false where only the outside could go on, and it does nothing */
  private async goOn(): Promise<boolean> {
    if ((deadlineOf(this.memory.state) ?? Infinity) <= this.now)
      this.memory.record({ type: 'run.timedOut', at: this.now });
    const next = this.nextAtOnce() ?? this.nextBegun();
    if (next?.kind === 'finish') finishRun(this.memory, next, this.now);
    else if (next?.kind === 'call') await this.call(next);
    else if (next) await this.run(next);
    else return this.wait();
    return true;
  }

  /** Light steps come first. One by one: of ten thousand open visits the first is mostly the one. */
  private nextAtOnce(): Exclude<Command, WaitCommand> | undefined {
    for (const command of eachCommand(this.memory.state)) {
      if (command.kind === 'finish' || command.kind === 'call' || (this.isDue(command) && this.isLight(command)))
        return command;
    }
    return undefined;
  }

  /** The other steps begin together, as they do on a host, and end one after the other. */
  private nextBegun(): StepCommand | undefined {
    const due = nextCommands(this.memory.state).filter((command) => this.isDue(command));
    for (const command of due) this.begin(command);
    return this.begun.shift();
  }

  private isDue(command: Command): command is StepCommand {
    return command.kind === 'step' && (command.dueAt ?? 0) <= this.now;
  }

  private isLight({ visit }: StepCommand): boolean {
    return isLight(this.memory.node(visit.nodeId), visit);
  }

  private async wait(): Promise<boolean> {
    const commands = nextCommands(this.memory.state);
    const waits = commands.filter((command) => command.kind === 'wait');
    return (await this.endFromOutside(waits)) || (await this.endWhatIsDue(waits)) || this.waitFor(commands);
  }

  private begin({ kind, visit, attempt }: StepCommand): void {
    const { key: step, nodeId, iteration } = visit;
    const claim = `${step}:${attempt}`;
    this.memory.record({ type: 'step.intended', at: this.now, claim, step, nodeId, iteration, attempt });
    this.begun.push({ kind, visit, attempt, claim });
  }

  private async call(command: CallCommand): Promise<void> {
    const { memory, now, tools } = this;
    const request = { ...this.request, files: this.files };
    const results = this.results.get(command.visit.key) ?? new Map<number, readonly Item[]>();
    this.results.set(command.visit.key, results);
    this.now = await rehearseCall({ memory, now, tools, request, results, play: rehearse }, command);
  }

  private async run({ visit, attempt, claim }: StepCommand): Promise<void> {
    const abort = new AbortController();
    const tools = { ...this.tools, ...this.outsideOf(abort) };
    this.seen = this.request.beganAt?.(visit);
    const outcome = await tryStep({ memory: this.memory, visit, attempt, signal: abort.signal }, tools);
    // A spread of 1 is the longest wait that the policy allows.
    recordOutcome(this.memory, { visit, attempt, claim, newId: () => runId, random: () => 1 }, outcome);
  }

  /** What a step must not reach ends the rehearsal, whatever the step's own way with errors is. */
  private outsideOf(abort: AbortController): Pick<StepTools, 'connect' | 'standIn'> {
    const { standIn } = this.request;
    const giveUp = (error: unknown): never => {
      abort.abort(error);
      throw error;
    };
    return {
      connect: ({ node }) => giveUp(new NothingStandsIn(node.name, node.type)),
      standIn: (context, { visit, attempt }, node) => {
        try {
          return standIn?.({ node, visit, attempt, context })?.catch((error: unknown) => {
            if (error instanceof RehearsalStop) giveUp(error);
            throw error;
          });
        } catch (error) {
          return giveUp(error);
        }
      },
    };
  }

  private async endFromOutside(waits: readonly WaitCommand[]): Promise<boolean> {
    for (const { visit, attempt, waits: specs } of waits) {
      const wait = `${visit.key}:${attempt}`;
      if (specs.every(({ kind }) => kind === 'timer') || this.asked.has(wait)) continue;
      this.asked.add(wait);
      const end = this.request.endWait?.(this.memory.node(visit.nodeId), { visit, waits: specs, now: this.now });
      if (end === undefined) continue;
      const { first } = await StepInput.load(this.memory, visit, memoryItems);
      return resolveWait(this.memory, visit, first, end, this.now);
    }
    return false;
  }

  private async endWhatIsDue(waits: readonly WaitCommand[]): Promise<boolean> {
    const due = waits.find((command) => (waitEnd(command) ?? Infinity) <= this.now);
    if (due === undefined) return false;
    const { first } = await StepInput.load(this.memory, due.visit, memoryItems);
    return resolveWait(this.memory, due.visit, first, { by: 'timer' }, this.now);
  }

  private waitFor(commands: readonly Command[]): boolean {
    const times = commands.flatMap((command) => {
      const time = command.kind === 'wait' ? waitEnd(command) : command.kind === 'step' ? command.dueAt : undefined;
      return time === undefined ? [] : [time];
    });
    const deadline = deadlineOf(this.memory.state);
    if (deadline !== undefined) times.push(deadline);
    if (times.length === 0) return false;
    this.now = Math.min(...times);
    return true;
  }

  private toolsOf({ runCode }: RehearsalRequest): StepTools {
    const remembered = new Map<string, Set<string>>();
    return {
      items: memoryItems,
      filesOf: () => this.files,
      publicUrl: () => this.request.identity?.publicUrl ?? 'http://rehearsal.invalid',
      now: () => this.seen ?? this.now,
      variables: () => Promise.resolve(this.request.variables ?? {}),
      connect: ({ node }) => Promise.reject(new NothingStandsIn(node.name, node.type)),
      runCode: (_, code, logs) => {
        if (runCode) return runCode(code, logs);
        return Promise.reject(new Error('Nothing runs code in this rehearsal.'));
      },
      remember: (scope, _, values) => {
        const known = remembered.get(scope) ?? new Set<string>();
        remembered.set(scope, known);
        const fresh = new Set(values.filter((value) => !known.has(value)));
        for (const value of fresh) known.add(value);
        return Promise.resolve(values.map((value) => fresh.has(value)));
      },
    };
  }
}

function memoryOf({
  document,
  describe,
  startAt,
  input,
  stopAt,
  mode = 'production',
  startedAt,
  identity,
}: RehearsalRequest): RunMemory {
  const plan = compilePlan(document, describe);
  const start = startOf(document, startAt, (type) => describe(type)?.isTrigger === true);
  const request = {
    projectId: 'rehearsal',
    ...workflowOf(document, identity),
    ...(identity === undefined ? {} : { rootRunId: identity.rootRunId }),
    document,
    mode,
    startedBy: 'manual' as const,
    start,
    items: input === undefined ? itemsOfNothing(document, start, mode, startedAt) : itemsOf(input),
    ...(stopAt === undefined ? {} : { stopAt }),
    answersCaller: true,
  };
  const made = {
    id: identity?.id ?? runId,
    now: startedAt,
    monotonic: 0,
    resumeSecret: identity?.resumeSecret ?? '0'.repeat(32),
    durability: 'express',
    host: 'process' as const,
    processId: null,
    place: null,
  };
  return createMemory(request, { document, plan, hash: plan.hash }, made);
}

function workflowOf(
  { name }: WorkflowDocument,
  identity: RehearsalRequest['identity'],
): Pick<LaunchRequest, 'workflowId' | 'workflowName'> {
  if (identity === undefined) return { workflowId: 'rehearsal', workflowName: name };
  const { workflowId, workflowName } = identity;
  return { ...(workflowId === null ? {} : { workflowId }), workflowName };
}
