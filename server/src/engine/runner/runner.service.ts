import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import { statusOf } from '../../interpreter/queries.js';
import { eachCommand, nextCommands } from '../../interpreter/next.js';
import type { Command, StepKey } from '../../interpreter/run-events.types.js';
import { endLateCalls } from '../children/late-calls.js';
import { RunFamily } from '../children/run-family.service.js';
import type { RunState, VisitProgress } from '../../interpreter/run-state.js';
import { RunJournal } from '../journal/run-journal.service.js';
import { StepExecutor } from '../steps/step-executor.service.js';
import type { StepOutcome } from '../steps/step-outcome.types.js';
import { hostCommandsOf, isLight, openWaits, waitEnd, wakeTimeOf, workOf } from './host-commands.js';
import { InboxReader } from './inbox-reader.js';
import { recordOutcome } from './record-outcome.js';
import { resolveWait } from './resolve-wait.js';
import { RunAccess, superseded } from './run-access.js';
import { RunDeadline } from './run-deadline.service.js';
import type { RunMemory } from './run-memory.js';
import { RunStopped } from './run-stopped.js';
import { OwnershipLost } from './runner.errors.js';
import type { AdvanceOptions, ExecuteOptions, RunProgress } from './runner.types.js';
import type { RunSlot, StepCommand } from './run-slots.js';

/** A draft that is older than this, in milliseconds, or larger than this, in characters, is written between steps. */
const draftMs = 250;
const draftChars = 4_000_000;

type CallCommand = Extract<Command, { kind: 'call' }>;

/** What becomes of the executing step. */
interface Begun {
  memory: RunMemory;
  command: StepCommand;
}

/**
 * Carries runs forward for every host: folds the journal, runs light steps, executes single steps, and answers what is
 * left to do. Everything here may be called twice, by anybody, at any time; the journal decides who was first.
 */
@Injectable()
export class Runner {
  constructor(
    private readonly access: RunAccess,
    private readonly journal: RunJournal,
    private readonly steps: StepExecutor,
    private readonly inbox: InboxReader,
    private readonly family: RunFamily,
    private readonly deadline: RunDeadline,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Does what can be done at once, and says what is left. */
  advance(runId: string, epoch: number, options: AdvanceOptions): Promise<RunProgress> {
    return this.access.use(runId, epoch, (memory, slot) => this.#goOn(memory, slot, options));
  }

  /** Executes one try of a step, appends its outcome and advances in place: one commit for all of it. */
  executeStep(
    runId: string,
    epoch: number,
    step: StepKey,
    attempt: number,
    options: ExecuteOptions,
  ): Promise<RunProgress> {
    return this.access.useSlot(runId, (slot) => {
      const key = `${step}:${attempt}`;
      const running = slot.executing.get(key);
      if (running && running.epoch >= epoch) return running.promise;
      // This process lost the run and has it again: what it still does for the epoch of then comes to nothing.
      running?.abort.abort(new OwnershipLost(runId));
      const abort = new AbortController();
      const signal = AbortSignal.any([options.signal, abort.signal]);
      const promise = this.#execute(slot, epoch, { step, attempt }, { ...options, signal }).finally(() => {
        if (slot.executing.get(key)?.epoch === epoch) slot.executing.delete(key);
      });
      slot.executing.set(key, { epoch, promise, abort, isShielded: false });
      return promise;
    });
  }

  /** Ends a wait whose time has come, and advances. Does nothing when it was over, or when it is not yet time. */
  fireTimer(
    runId: string,
    epoch: number,
    step: StepKey,
    attempt: number,
    options: AdvanceOptions,
  ): Promise<RunProgress> {
    return this.access.use(runId, epoch, async (memory, slot) => {
      const wait = waitOf(memory, step, attempt);
      if (wait) await this.#endWait(memory, slot, wait);
      return this.#goOn(memory, slot, options);
    });
  }

  async #goOn(memory: RunMemory, slot: RunSlot, options: AdvanceOptions): Promise<RunProgress> {
    do {
      if (slot.hasNews && memory.creation === undefined) await this.#takeNews(memory, slot);
      this.deadline.stopWhenLate(memory, slot);
      endLateCalls(memory, this.clock.now(), () => this.ids.newId());
      await this.#runLight(memory, slot, options);
      // What ends a wait may have come before the wait: it is looked for once the wait is there for all to see.
      if (memory.draft.waits.some(({ token }) => token !== null)) {
        await this.#commit(memory, options);
        slot.hasNews = true;
      }
    } while (slot.hasNews && !memory.hasEnded);
    this.#claimAhead(memory, slot, options);
    await this.#settle(memory, options);
    this.deadline.tell(memory, slot);
    return progressOf(memory, slot);
  }

  /** What is answered holds: it was appended after what this process knew, or nothing was appended since. */
  async #settle(memory: RunMemory, options: AdvanceOptions): Promise<void> {
    if (!(await this.#commit(memory, options))) await this.#confirm(memory, options);
  }

  /** Where a run belongs to no process, others may have gone on with it since this one last had to do with it. */
  async #confirm(memory: RunMemory, { processId }: AdvanceOptions): Promise<void> {
    if (processId === undefined) await this.journal.confirm(memory);
  }

  #takeNews(memory: RunMemory, slot: RunSlot): Promise<void> {
    slot.hasNews = false;
    return this.inbox.takeIn(memory, slot);
  }

  /** @returns whether there was anything to write */
  async #commit(memory: RunMemory, options: AdvanceOptions): Promise<boolean> {
    memory.run.wakeAt = memory.hasEnded ? null : wakeTimeOf(memory);
    settleOwner(memory, options);
    const { draft } = memory;
    const hasWritten = await this.journal.flush(memory);
    await this.family.tell(memory, draft);
    return hasWritten;
  }

  async #runLight(memory: RunMemory, slot: RunSlot, options: AdvanceOptions): Promise<void> {
    while (!memory.hasEnded && !memory.isHeld && memory.state.paused === undefined) {
      this.deadline.stopWhenLate(memory, slot);
      const [first] = nextCommands(memory.state, 1);
      if (first?.kind === 'finish') return this.family.end(memory, first);
      if (this.#isDue(memory)) await this.#commit(memory, options);
      const light = this.#nextInPlace(memory, slot, options);
      if (light === undefined) return;
      if (light.kind === 'wait') await this.#endWait(memory, slot, light);
      else if (light.kind === 'call') await this.#call(memory, light, options);
      else await this.#runInPlace(memory, light, options);
    }
  }

  /** An answer to the caller waits for nothing but its own commit; a page shows long runs as they go. */
  #isDue({ draft }: RunMemory): boolean {
    if (draft.hasReply || draft.bytes > draftChars) return true;
    return !draft.isEmpty && this.clock.monotonic() - draft.since > draftMs;
  }

  #nextInPlace(
    memory: RunMemory,
    slot: RunSlot,
    options: AdvanceOptions,
  ): Exclude<Command, { kind: 'finish' }> | undefined {
    const now = this.clock.now();
    const hasTime = options.deadline === undefined || this.clock.monotonic() < options.deadline;
    const isReady = (command: Exclude<Command, { kind: 'finish' }>): boolean => {
      if (command.kind === 'wait') return (waitEnd(command) ?? Infinity) <= now;
      if (command.kind === 'call') return true;
      if (!options.lightInPlace || !hasTime || (command.dueAt ?? 0) > now) return false;
      const key = `${command.visit.key}:${command.attempt}`;
      const node = memory.node(command.visit.nodeId);
      if (options.codeElsewhere === true && workOf(node) === 'sandbox') return false;
      return isLight(node, command.visit) && !slot.executing.has(key);
    };
    // One by one: of ten thousand open visits the first is mostly the one.
    for (const command of eachCommand(memory.state)) {
      if (command.kind !== 'finish' && isReady(command)) return command;
    }
    return undefined;
  }

  /** Runs that begin are committed at once: a run that ends never leaves any behind that it does not know of. */
  async #call(memory: RunMemory, command: CallCommand, options: AdvanceOptions): Promise<void> {
    await this.family.call(memory, command, options.signal ?? new AbortController().signal);
    if (memory.draft.children.length > 0) await this.#commit(memory, options);
  }

  async #runInPlace(memory: RunMemory, command: StepCommand, options: AdvanceOptions): Promise<void> {
    const outcome = await this.steps.execute({
      memory,
      visit: command.visit,
      attempt: command.attempt,
      signal: options.signal ?? new AbortController().signal,
      ...(options.mayTouch ? { mayTouch: options.mayTouch } : {}),
    });
    this.#record(memory, command, command.claim, outcome);
  }

  #record(
    memory: RunMemory,
    { visit, attempt }: StepCommand,
    claim: string | undefined,
    outcome: StepOutcome,
    isRepeated = false,
  ): void {
    // It was stopped by force meanwhile.
    if (memory.hasEnded) return;
    const newId = () => this.ids.newId();
    recordOutcome(memory, { visit, attempt, claim, newId, isRepeated }, outcome);
  }

  async #endWait(memory: RunMemory, slot: RunSlot, command: Extract<Command, { kind: 'wait' }>): Promise<void> {
    const now = this.clock.now();
    if ((waitEnd(command) ?? Infinity) > now) return;
    // What was called or decided in time counts, although this process may not have heard of it.
    if (command.waits.some(({ kind }) => kind !== 'timer')) {
      await this.journal.closeWait(memory.run, command.visit.key);
      await this.#takeNews(memory, slot);
    }
    const input = await this.steps.inputOf(memory, command.visit);
    resolveWait(memory, command.visit, input, { by: 'timer' }, now);
  }

  /** The outcome of one step and the intent of the next are one commit, where the host says that it begins at once. */
  #claimAhead(memory: RunMemory, slot: RunSlot, options: AdvanceOptions): void {
    if (options.claimAhead !== true || memory.hasEnded || memory.isHeld || memory.state.paused) return;
    const now = this.clock.now();
    for (const command of nextCommands(memory.state)) {
      if (
        command.kind !== 'step' ||
        (command.dueAt ?? 0) > now ||
        isLight(memory.node(command.visit.nodeId), command.visit)
      )
        continue;
      this.#intend(memory, slot, command);
    }
  }

  #intend(memory: RunMemory, slot: RunSlot, { visit, attempt }: StepCommand): void {
    const claim = this.ids.newId();
    const { key: step, nodeId, iteration } = visit;
    const at = this.clock.now();
    if (!memory.record({ type: 'step.intended', at, claim, step, nodeId, iteration, attempt })) return;
    slot.ahead.set(`${step}:${attempt}`, { kind: 'step', visit, attempt, claim });
  }

  async #execute(
    slot: RunSlot,
    epoch: number,
    what: { step: StepKey; attempt: number },
    options: ExecuteOptions,
  ): Promise<RunProgress> {
    const begun = await this.access.use(slot.runId, epoch, (memory) => this.#begin(memory, slot, what, options));
    if (!('command' in begun)) return this.advance(slot.runId, epoch, options);
    const outcome = await this.#work(begun, options);
    if (outcome === undefined) return superseded;
    return this.access.use(slot.runId, epoch, async (memory, current) => {
      // That the run was cancelled comes before what came of it, else it would seem to have ended well.
      if (outcome.kind === 'cancelled') await this.#takeNews(memory, current);
      this.#record(memory, begun.command, begun.command.claim, outcome, options.isRepeated);
      return this.#goOn(memory, current, options);
    });
  }

  /** Commits the intent, unless it is there: ahead of time, or from an executor of this epoch that died. */
  async #begin(
    memory: RunMemory,
    slot: RunSlot,
    { step, attempt }: { step: StepKey; attempt: number },
    options: AdvanceOptions,
  ): Promise<Begun | RunProgress> {
    const key = `${step}:${attempt}`;
    const open = memory.state.open.get(step);
    if (open?.attempt !== attempt || !this.#mayBegin(memory, open)) {
      await this.#confirm(memory, options);
      return progressOf(memory, slot);
    }
    if (open.visit.undoes !== undefined) slot.executing.get(key)!.isShielded = true;
    const needsClaim = open.phase === 'ready' && !isLight(memory.node(open.visit.nodeId), open.visit);
    if (needsClaim || open.isOrphaned) {
      this.#intend(memory, slot, { kind: 'step', visit: open.visit, attempt });
      await this.#commit(memory, options);
    } else if (open.phase === 'intended') await this.#confirm(memory, options);
    slot.ahead.delete(key);
    const claim = open.claim;
    return { memory, command: { kind: 'step', visit: open.visit, attempt, ...(claim === undefined ? {} : { claim }) } };
  }

  /** While the run is paused only what was begun before goes on. */
  #mayBegin({ state, hasEnded, isHeld }: RunMemory, { phase, isOrphaned, dueAt }: VisitProgress): boolean {
    if (hasEnded || isHeld || phase === 'waiting' || phase === 'held' || (dueAt ?? 0) > this.clock.now()) return false;
    return state.paused === undefined || (phase === 'intended' && !isOrphaned);
  }

  /** @returns undefined where this process may not go on: somebody else will. */
  async #work({ memory, command }: Begun, options: ExecuteOptions): Promise<StepOutcome | undefined> {
    const beat = options.heartbeat && setInterval(options.heartbeat, 2_000);
    try {
      return await this.steps.execute({
        memory,
        visit: command.visit,
        attempt: command.attempt,
        signal: options.signal,
        ...(options.mayTouch ? { mayTouch: options.mayTouch } : {}),
      });
    } catch (error) {
      const now = this.clock.now();
      if (options.signal.reason instanceof RunStopped) return { kind: 'cancelled', startedAt: now, endedAt: now };
      if (error instanceof OwnershipLost || options.signal.aborted) return undefined;
      throw error;
    } finally {
      clearInterval(beat);
    }
  }
}

function waitOf({ state }: RunMemory, step: StepKey, attempt: number): Extract<Command, { kind: 'wait' }> | undefined {
  for (const command of eachCommand(state)) {
    if (command.kind === 'wait' && command.visit.key === step && command.attempt === attempt) return command;
  }
  return undefined;
}

/** A run that waits needs no process; whoever hears the news first goes on with it. */
function settleOwner({ run, state, isHeld }: RunMemory, { processId }: AdvanceOptions): void {
  if (processId === undefined) return;
  const status = statusOf(state);
  const isAtWork = status === 'running' || status === 'pending' || (status === 'paused' && hasBegun(state));
  run.processId = isAtWork && !isHeld ? processId : null;
}

/** Whether steps are at work. */
function hasBegun({ open }: RunState): boolean {
  return [...open.values()].some(({ phase, isOrphaned }) => phase === 'intended' && !isOrphaned);
}

function progressOf(memory: RunMemory, slot: RunSlot): RunProgress {
  const seq = memory.run.lastSeq;
  if (memory.hasEnded) return { seq, commands: [], ended: true, superseded: false };
  return {
    seq,
    commands: hostCommandsOf(memory, slot.ahead.values()),
    waits: openWaits(memory),
    ended: false,
    superseded: false,
  };
}
