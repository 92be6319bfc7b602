import type { Item } from '@wfaib/sdk/items';
import type { Command } from '../../interpreter/run-events.types.js';
import { isEnded } from '../../runs/run.types.js';
import { StepFailure } from '../../nodes/core-node.types.js';
import { childCallOf, type ChildCall } from '../../nodes/core/call.node.js';
import { stepErrorOf } from '../../nodes/step-error.js';
import { callOutcome } from '../children/call-outcome.js';
import { calledStartOf } from '../children/called-start.js';
import { recordOutcome } from '../runner/record-outcome.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { EngineNodeContext } from '../steps/engine-node-context.js';
import { stepTimeout } from '../steps/with-timeout.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { reopenContext, type StepTools } from '../steps/try-step.js';
import { CallsTooDeep, NothingIsCalled } from './rehearsal.errors.js';
import type { Rehearsed, RehearsalRequest } from './rehearsal.types.js';

const maxDepth = 20;

type CallCommand = Extract<Command, { kind: 'call' }>;

/** A step that calls, in the rehearsal of its run. */
export interface RehearsedCall {
  memory: RunMemory;
  tools: StepTools;
  request: RehearsalRequest;
  /** Virtual time, milliseconds since 1970. */
  now: number;
  /** Items of the runs it called, by index; kept from one command to the next. */
  results: Map<number, readonly Item[]>;
  play: (request: RehearsalRequest) => Promise<Rehearsed>;
}

/**
 * Plays the runs that a step calls, or brings the step to its end. Those that begin together take as long as the longest.
 * @returns virtual time afterwards
 */
export async function rehearseCall(
  call: RehearsedCall,
  { visit, attempt, begin, isOver }: CallCommand,
): Promise<number> {
  const { memory, tools, now } = call;
  const { calls } = memory.state.open.get(visit.key)!;
  const task = { memory, visit, attempt, signal: new AbortController().signal };
  const context = await reopenContext(task, tools, calls!.startedAt);
  if (isOver) {
    const outcome = await callOutcome(context, memory.node(visit.nodeId), calls!, call.results);
    const times = { startedAt: calls!.startedAt, endedAt: now };
    const settled = { visit, attempt, claim: undefined, newId: () => memory.run.id, random: () => 1 };
    recordOutcome(memory, settled, { ...outcome, ...times });
    return now;
  }
  const fact = { step: visit.key, nodeId: visit.nodeId, iteration: visit.iteration, attempt };
  let longest = 0;
  for (const index of begin) {
    if (calls!.isStopped) break;
    const runId = `${memory.run.id}/${visit.key}/${index}/${attempt}`;
    try {
      const request = requestOf(call, context, index);
      memory.record({ type: 'child.started', at: now, index, runId, ...fact });
      const run = await call.play(request);
      longest = Math.max(longest, run.elapsedMs);
      call.results.set(index, run.result?.items ?? []);
      if (!calls!.isAwaited || !isEnded(run.status)) continue;
      const end = endInTime(memory.node(visit.nodeId), run.elapsedMs) ?? endOf(request, run, runId);
      memory.record({ type: 'child.ended', at: now + run.elapsedMs, index, runId, ...end, ...fact });
    } catch (thrown) {
      if (!(thrown instanceof StepFailure)) throw thrown;
      memory.record({ type: 'child.ended', at: now, index, status: 'failed', error: thrown.error, ...fact });
    }
  }
  return calls!.isAwaited ? now + longest : now;
}

function requestOf(
  { memory, request, now }: RehearsedCall,
  context: EngineNodeContext,
  index: number,
): RehearsalRequest {
  const depth = (request.depth ?? 0) + 1;
  if (depth > maxDepth) throw new CallsTooDeep(context.node.name, maxDepth);
  const call = evaluated(context, index);
  const found = request.called?.(call);
  if (!found) throw new NothingIsCalled(context.node.name, call.workflowId);
  const isTrigger = (type: string) => request.describe(type)?.isTrigger === true;
  const { startAt: _, stopAt: __, input: ___, standIn: ____, endWait: _____, endPause: ______, ...rest } = request;
  const startAt = calledStartOf(found.document, call.items, isTrigger);
  return { ...rest, ...found, startAt, input: call.items, mode: memory.run.mode, startedAt: now, depth };
}

function evaluated(context: EngineNodeContext, index: number): ChildCall {
  try {
    return childCallOf(context, index);
  } catch (thrown) {
    throw new StepFailure(stepErrorOf(thrown, context.node.id));
  }
}

/** A run that takes longer than the step that calls it may is cancelled. */
function endInTime(node: PlanNode, elapsedMs: number) {
  const { timeoutMs = Infinity } = node.node;
  return elapsedMs > timeoutMs ? ({ status: 'failed', error: stepTimeout(node, timeoutMs).error } as const) : undefined;
}

function endOf({ document }: RehearsalRequest, { status, error }: Rehearsed, runId: string) {
  if (status === 'succeeded') return { status } as const;
  const message = `"${document.name}" ${error === undefined ? 'was cancelled' : `failed: ${error.message}`}`;
  const flags = error?.retryable === false ? { retryable: false } : {};
  return { status: 'failed', error: { code: 'call.failed', message, details: { runId, error }, ...flags } } as const;
}
