import type { StepError } from '@wfaib/sdk/errors';
import type { Item, JsonObject } from '@wfaib/sdk/items';
import {
  PartialFailure,
  type ItemOutcome,
  type NodeContext,
  type NodeResult,
  type OutputItem,
} from './core-node.types.js';
import { madeFrom, withFiles } from './lineage.js';
import { stepErrorOf } from './step-error.js';

export interface PerItemOptions {
  /** How many items are worked on at the same time. @defaultValue 1 */
  concurrency?: number;
  /** Input port whose items are worked on. @defaultValue "main" */
  port?: string;
  /** Where `onError: "continue"` puts a failed item. @defaultValue "main" */
  failedPort?: string;
}

type Made = OutputItem[];
type Routed = Record<string, OutputItem[]>;
type Work<T> = (item: Item, index: number) => T | Promise<T>;

/**
 * Works on each item of a node and puts what it makes on `main`, in the order of the input, whatever finishes first.
 * A failing item is handled as the node's `onError` says; see {@link routePerItem}.
 */
export function runPerItem(context: NodeContext, options: PerItemOptions, work: Work<Made>): Promise<NodeResult> {
  return routePerItem(context, options, async (item, index) => ({ main: await work(item, index) }));
}

/**
 * Works on each item of a node (only the first with `executeOnce`), and collects what it makes per output port, in the
 * order of the input. Items that an earlier try finished (`context.finished`) are not worked on again.
 *
 * A failed item goes on as its input json plus `error`, on `failedPort` (`onError: "continue"`) or on the port `error`
 * (`"errorOutput"`).
 * @throws PartialFailure when `onError` is `stop`, or when the step will be tried again; no new item is begun then.
 * Also what `context.signal` was aborted with, and any thrown error with `endsStep: true` or of which the context says so:
 * it is not about the item it struck, so no `onError` handles it.
 */
export async function routePerItem(
  context: NodeContext,
  options: PerItemOptions,
  work: Work<Routed>,
): Promise<NodeResult> {
  const all = context.items(options.port);
  const items = context.node.executeOnce ? all.slice(0, 1) : all;
  const progress = new Progress(context);
  await eachConcurrently(items, options.concurrency ?? 1, progress, async (item, index) => {
    await context.breathe();
    progress.finish(index, await outcomeOf(context, () => work(item, index)));
  });
  progress.throwIfFailed();
  return { outputs: joined(context, items, progress.finished, options) };
}

/** Keeps what is done and the failure that ends the try. */
class Progress {
  readonly finished: Map<number, ItemOutcome>;
  private fatal: { index: number; error: StepError } | undefined;

  constructor(private readonly context: NodeContext) {
    this.finished = new Map(context.finished);
  }

  get isStopped(): boolean {
    return this.fatal !== undefined;
  }

  finish(index: number, outcome: ItemOutcome): void {
    if (outcome.ok || !this.isFatal(outcome.error)) {
      this.finished.set(index, outcome);
      this.context.itemFinished?.(index, outcome);
    } else if (this.fatal === undefined || index < this.fatal.index) this.fatal = { index, error: outcome.error };
  }

  throwIfFailed(): void {
    if (this.fatal) throw new PartialFailure(this.fatal.error, this.finished);
  }

  private isFatal(error: StepError): boolean {
    return this.context.node.onError === 'stop' || this.context.mayRetry?.(error) === true;
  }
}

async function eachConcurrently(
  items: readonly Item[],
  concurrency: number,
  progress: Progress,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && !progress.isStopped) {
      const index = next;
      next += 1;
      if (!progress.finished.has(index)) await work(items[index]!, index);
    }
  };
  const workers = Math.max(1, Math.min(Math.trunc(concurrency), items.length));
  const ends = await Promise.allSettled(Array.from({ length: workers }, worker));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}

async function outcomeOf(context: NodeContext, work: () => Routed | Promise<Routed>): Promise<ItemOutcome> {
  try {
    return { ok: true, outputs: await work() };
  } catch (error) {
    context.signal.throwIfAborted();
    if ((error as { endsStep?: unknown } | null)?.endsStep === true || context.endsStep?.(error) === true) throw error;
    return { ok: false, error: stepErrorOf(error, context.node.id) };
  }
}

function joined(
  context: NodeContext,
  items: readonly Item[],
  finished: ReadonlyMap<number, ItemOutcome>,
  options: PerItemOptions,
): Routed {
  const outputs: Routed = {};
  const put = (port: string, made: readonly OutputItem[]): void => {
    const list = (outputs[port] ??= []);
    for (const each of made) list.push(each);
  };
  const failedPort = context.node.onError === 'errorOutput' ? 'error' : (options.failedPort ?? 'main');
  items.forEach((item, index) => {
    const outcome = finished.get(index)!;
    if (!outcome.ok) put(failedPort, [failedItem(context, item, index, outcome.error, options.port)]);
    else for (const [port, made] of Object.entries(outcome.outputs)) put(port, made);
  });
  return outputs;
}

/**
 * The output of a step that was cut off, as by its time limit: what was finished stands, any other item failed with `error`.
 */
export function joinFinished(
  context: NodeContext,
  finished: ReadonlyMap<number, ItemOutcome>,
  error: StepError,
): Routed {
  const all = context.items();
  const items = context.node.executeOnce ? all.slice(0, 1) : all;
  const outcomes = new Map(items.map((_, index) => [index, finished.get(index) ?? { ok: false as const, error }]));
  return joined(context, items, outcomes, {});
}

/** A failed item as it goes on: its input json plus `error: { code, message, nodeId, status?, details? }`. */
export function failedItem(
  context: NodeContext,
  item: Item,
  index: number,
  error: StepError,
  port = 'main',
): OutputItem {
  const told = { code: error.code, message: error.message, nodeId: error.nodeId ?? context.node.id };
  const status = error.status === undefined ? {} : { status: error.status };
  const details = error.details === undefined ? {} : { details: error.details };
  const json = { ...item.json, error: { ...told, ...status, ...details } as JsonObject };
  return withFiles(json, item.files, madeFrom(context, index, port));
}
