import type { StepError } from '@wfaib/sdk/errors';
import type { Item } from '@wfaib/sdk/items';
import type { CallProgress } from '../../interpreter/children.js';
import type { OutputItem } from '../../nodes/core-node.types.js';
import { callsEachItem } from '../../nodes/core/call.node.js';
import { madeFrom, withFiles } from '../../nodes/lineage.js';
import { failedItem } from '../../nodes/per-item.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { EngineNodeContext } from '../steps/engine-node-context.js';
import type { StepEnd } from '../steps/step-outcome.types.js';
import { outputsOf } from '../steps/step-outputs.js';

type Ended = Extract<StepEnd, { kind: 'succeeded' | 'failed' }>;

/** What a step that called comes to, now that none of its runs is at work. `results` are their items, by index. */
export async function callOutcome(
  context: EngineNodeContext,
  node: PlanNode,
  calls: CallProgress,
  results: ReadonlyMap<number, readonly Item[]>,
): Promise<Ended> {
  if (calls.isStopped) return { kind: 'failed', error: firstOf(calls.failed) };
  if (callsEachItem(context.node)) return succeeded(node, await perItem(context, calls, results));
  const failure = calls.failed.get(0);
  if (failure) return { ...succeeded(node, allFailed(context, failure)), error: failure };
  return succeeded(node, { main: once(context, calls, results.get(0) ?? []) });
}

function succeeded(node: PlanNode, made: Record<string, OutputItem[]>): Extract<Ended, { kind: 'succeeded' }> {
  return { kind: 'succeeded', status: 'succeeded', outputs: outputsOf(node, made) };
}

function firstOf(failed: ReadonlyMap<number, StepError>): StepError {
  return failed.get(Math.min(...failed.keys()))!;
}

/** In the order of the input, whichever run ended first. */
async function perItem(
  context: EngineNodeContext,
  calls: CallProgress,
  results: ReadonlyMap<number, readonly Item[]>,
): Promise<Record<string, OutputItem[]>> {
  const outputs: Record<string, OutputItem[]> = {};
  const put = (port: string, item: OutputItem) => void (outputs[port] ??= []).push(item);
  for (const [index, item] of context.items().slice(0, calls.count).entries()) {
    await context.breathe();
    const failure = calls.failed.get(index);
    const source = madeFrom(context, index);
    if (failure) put(failedPort(context), failedItem(context, item, index, failure));
    else if (calls.isAwaited)
      for (const { json, files } of results.get(index) ?? []) put('main', withFiles(json, files, source));
    else put('main', { json: { runId: calls.done.get(index)! }, source });
  }
  return outputs;
}

/** Equal counts pair by position, and one input with all that came of it. */
function once(context: EngineNodeContext, calls: CallProgress, result: readonly Item[]): OutputItem[] {
  const { length } = context.items();
  const sourceOf = (index: number, count: number) => {
    if (length === 1) return madeFrom(context, 0);
    return length === count ? madeFrom(context, index) : [];
  };
  if (!calls.isAwaited) return [{ json: { runId: calls.done.get(0)! }, source: sourceOf(0, 1) }];
  return result.map(({ json, files }, index) => withFiles(json, files, sourceOf(index, result.length)));
}

function allFailed(context: EngineNodeContext, failure: StepError): Record<string, OutputItem[]> {
  const items = context.items().map((item, index) => failedItem(context, item, index, failure));
  return { [failedPort(context)]: items };
}

function failedPort({ node }: EngineNodeContext): string {
  return node.onError === 'errorOutput' ? 'error' : 'main';
}
