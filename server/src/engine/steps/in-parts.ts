import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { LogLine, NodeContext, NodeResult, PartsWork } from '../../nodes/core-node.types.js';
import { memoryRelief } from '../process/memory-relief.js';
import type { StepInput } from './step-input.js';
import type { OutputCollector } from './output-collector.js';

/** How a step is worked on part by part. */
export interface PartsTask {
  input: StepInput;
  output: OutputCollector;
  signal: AbortSignal;
  /** Takes what user code printed. */
  logs: LogLine[];
  contextOf(part: StepInput): Promise<NodeContext>;
  /** Says before each part whether this process may go on. @throws OwnershipLost */
  requireOwnership(): void;
}

/** Lets a node work on its input part by part; what it makes is stored as it comes. */
export async function workInParts(task: PartsTask, work: PartsWork): Promise<Pick<NodeResult, 'reply'>> {
  const { input, signal } = task;
  let reply: NodeResult['reply'];
  const take = async (result: NodeResult): Promise<void> => {
    reply ??= result.reply;
    task.logs.push(...(result.logs ?? []));
    for (const [port, items] of Object.entries(result.outputs)) await task.output.put(port, items);
  };
  for (const { port, from, to } of work.reads ?? [{ port: input.firstPort }]) {
    for await (const part of input.parts(port, from, to)) {
      signal.throwIfAborted();
      task.requireOwnership();
      await take(await work.take(await task.contextOf(part)));
      await memoryRelief.give();
    }
  }
  if (work.end) await take(await work.end());
  return reply === undefined ? {} : { reply };
}

/** Sends the items of a port on as they are, or changed one by one. */
export async function passInParts(
  input: StepInput,
  output: OutputCollector,
  { from, to, change }: { from: string; to: string; change?: (item: Item) => Item },
): Promise<void> {
  for await (const part of input.parts(from)) {
    const items = part.items(from).map((item, index): Item => {
      const source: ItemSource[] = [part.placeOf(from, index)];
      return { ...(change?.(item) ?? item), source };
    });
    await output.put(to, items);
    await memoryRelief.give();
  }
}
