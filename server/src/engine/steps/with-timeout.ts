import { startAwakeTimeout } from '../../clock/awake-timeout.service.js';
import { StepFailure } from '../../nodes/core-node.types.js';
import type { PlanNode } from '../../plan/plan.types.js';

/** Works until done, aborted or out of time. Work that does not listen to its signal is left behind. */
export async function withTimeout<Result>(
  timeoutMs: number,
  outer: AbortSignal,
  node: PlanNode,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  outer.throwIfAborted();
  const late = new AbortController();
  const signal = AbortSignal.any([outer, late.signal]);
  let stop: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  const stopTimer = startAwakeTimeout(timeoutMs, () => late.abort(stepTimeout(node, timeoutMs)));
  try {
    return await Promise.race([work(signal), ended]);
  } finally {
    stopTimer();
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/** The failure of a step whose time is over. */
export function stepTimeout({ name, id }: PlanNode, timeoutMs: number): StepFailure {
  const message = `"${name}" took longer than ${timeoutMs} ms. Raise its time limit, or make it do less.`;
  return new StepFailure({ code: 'step.timeout', message, nodeId: id });
}
