import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import type { CallProgress } from '../../interpreter/children.js';
import { effectNumber } from '../../interpreter/queries.js';
import type { Command, RunEvent } from '../../interpreter/run-events.types.js';
import { StepFailure } from '../../nodes/core-node.types.js';
import { childCallOf, type ChildCall } from '../../nodes/core/call.node.js';
import { stepErrorOf } from '../../nodes/step-error.js';
import { JournalReader } from '../journal/journal-reader.js';
import { RunFactory } from '../launcher/run-factory.service.js';
import { RunPlaces } from '../places/run-places.service.js';
import type { LaunchRequest } from '../run-launcher.service.js';
import { recordOutcome } from '../runner/record-outcome.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { EngineNodeContext } from '../steps/engine-node-context.js';
import { StepExecutor } from '../steps/step-executor.service.js';
import { CalledWorkflows, type CalledWorkflow } from './called-workflows.service.js';
import { callOutcome } from './call-outcome.js';

export type CallCommand = Extract<Command, { kind: 'call' }>;

/** Runs that call each other may be nested so deep. */
export const maxDepth = 20;

/** Begins the runs that a step calls, and brings the step to its end when they have ended. */
@Injectable()
export class ChildCalls {
  constructor(
    private readonly steps: StepExecutor,
    private readonly workflows: CalledWorkflows,
    private readonly factory: RunFactory,
    private readonly places: RunPlaces,
    private readonly journal: JournalReader,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async goOn(memory: RunMemory, command: CallCommand, signal: AbortSignal): Promise<void> {
    const { visit, attempt, begin, isOver } = command;
    const calls = memory.state.open.get(visit.key)!.calls!;
    const context = await this.steps.reopen({ memory, visit, attempt, signal }, calls.startedAt);
    if (isOver) return this.#end(memory, command, calls, context);
    for (const index of begin) {
      if (calls.isStopped) return;
      await this.#begin(memory, command, context, { index, isAwaited: calls.isAwaited });
    }
  }

  async #begin(
    memory: RunMemory,
    command: CallCommand,
    context: EngineNodeContext,
    { index, isAwaited }: { index: number; isAwaited: boolean },
  ): Promise<void> {
    const fact = factOf(command);
    const at = this.clock.now();
    try {
      const call = evaluated(context, index);
      await this.#requireDepth(memory, context);
      const called = await this.workflows.find(memory.run, call);
      const request = requestOf(memory, command, { index, isAwaited }, called, call);
      const sharesPlace = isAwaited && (await this.#isWithin(memory, called));
      const child = await this.factory.make({ ...request, sharesPlace });
      if (memory.record({ type: 'child.started', at, index, runId: child.run.id, ...fact })) {
        memory.draft.children.push(child);
      }
    } catch (thrown) {
      if (!(thrown instanceof StepFailure)) throw thrown;
      const error = { nodeId: context.node.id, ...thrown.error };
      memory.record({ type: 'child.ended', at, index, status: 'failed', error, ...fact });
    }
  }

  /** Asked only where the called workflow has a limit. */
  async #isWithin({ run }: RunMemory, { workflowId, document }: CalledWorkflow): Promise<boolean> {
    if (workflowId === undefined || document.settings.maxConcurrentRuns === undefined) return false;
    return this.places.isWithin(run, workflowId);
  }

  async #requireDepth({ run }: RunMemory, { node }: EngineNodeContext): Promise<void> {
    if (run.depth < maxDepth) return;
    const chain = await this.journal.callChain(run.id);
    const message = `"${node.name}" calls deeper than ${maxDepth} workflows: ${chain.join(' → ')} → …. Let one of them end without calling.`;
    throw new StepFailure({ code: 'call.tooDeep', message, retryable: false });
  }

  async #end(
    memory: RunMemory,
    { visit, attempt }: CallCommand,
    calls: CallProgress,
    context: EngineNodeContext,
  ): Promise<void> {
    const isNeeded = calls.isAwaited && !calls.isStopped && calls.done.size > 0;
    const results = isNeeded ? await this.journal.handed(memory.run.id, visit.key) : new Map<number, never>();
    const outcome = await callOutcome(context, memory.node(visit.nodeId), calls, results);
    const times = { startedAt: calls.startedAt, endedAt: this.clock.now() };
    recordOutcome(
      memory,
      { visit, attempt, claim: undefined, newId: () => this.ids.newId() },
      { ...outcome, ...times },
    );
    if (outcome.kind === 'succeeded') memory.draft.taken.push(visit.key);
  }
}

function evaluated(context: EngineNodeContext, index: number): ChildCall {
  try {
    return childCallOf(context, index);
  } catch (thrown) {
    throw new StepFailure(stepErrorOf(thrown, context.node.id));
  }
}

function requestOf(
  { run, state }: RunMemory,
  { visit }: CallCommand,
  { index, isAwaited }: { index: number; isAwaited: boolean },
  called: CalledWorkflow,
  { items }: ChildCall,
): LaunchRequest {
  const { workflowId, version, name, document, startNodeId } = called;
  return {
    projectId: run.projectId,
    ...(workflowId === undefined ? {} : { workflowId }),
    workflowName: name,
    ...(version === undefined ? {} : { version }),
    document,
    mode: run.mode,
    startedBy: 'call',
    start: { nodeId: startNodeId, as: 'trigger' },
    items,
    answersCaller: false,
    parentRunId: run.id,
    rootRunId: run.rootRunId,
    keyRoot: childKeyRoot(run.keyRoot, visit.key, index, effectNumber(state, visit)),
    depth: run.depth + 1,
    calledBy: { step: visit.key, index, isAwaited },
  };
}

/** The same for every run that this call ever leads to, over tries of the step and retries of its run, until it is undone. */
function childKeyRoot(keyRoot: string, step: string, index: number, effect: number): string {
  const again = effect === 0 ? '' : `/again/${effect}`;
  return createHash('sha256').update(`${keyRoot}/${step}/call/${index}${again}`).digest('hex').slice(0, 40);
}

function factOf({
  visit,
  attempt,
}: CallCommand): Pick<Extract<RunEvent, { type: 'child.started' }>, 'step' | 'nodeId' | 'iteration' | 'attempt'> {
  return { step: visit.key, nodeId: visit.nodeId, iteration: visit.iteration, attempt };
}
