import type { Item } from '@wfaib/sdk/items';
import type { ItemSink, LargeItems } from '../../data/item-chunks.types.js';
import { StepFailure } from '../../nodes/core-node.types.js';
import type { StepOutputs } from '../runner/put-outputs.js';
import type { StepItems } from './step-items.types.js';

/** Items of one port above this many characters of JSON are stored in chunks, not in the row of the step. */
const rowChars = 4_000_000;
/** Most that one try of a step may send on, in characters of JSON. */
const maxStepChars = 4_000_000_000;
/** Longest single item, in characters of JSON. */
const maxItemChars = 64_000_000;
/** Items that are measured to guess how large a list is. */
const samples = 8;

interface PortOutput {
  items: Item[];
  chars: number;
  writer: ItemSink | undefined;
}

/** Takes what a step makes. What is small stays in memory, the rest goes to the data store as it comes. */
export class OutputCollector {
  readonly #ports = new Map<string, PortOutput>();
  #chars = 0;

  constructor(
    private readonly runId: string,
    private readonly store: Required<Pick<StepItems, 'writer'>>,
  ) {}

  get isEmpty(): boolean {
    return this.#ports.size === 0;
  }

  /** @throws StepFailure `step.outputTooLarge`, DataStoreFull, DataStoreUnavailable */
  async put(port: string, items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    const output = this.#ports.get(port) ?? { items: [], chars: 0, writer: undefined };
    this.#ports.set(port, output);
    for (const item of items) {
      const full = this.#add(output, item);
      if (full) await full;
    }
  }

  async end(): Promise<StepOutputs> {
    const outputs: Record<string, Item[]> = {};
    const large: Record<string, LargeItems> = {};
    for (const [port, { items, writer }] of this.#ports) {
      if (writer) large[port] = await writer.end();
      else outputs[port] = items;
    }
    return { outputs, ...(Object.keys(large).length > 0 ? { large } : {}) };
  }

  /** Forgets what was put. */
  async startOver(): Promise<void> {
    await this.discard();
    this.#ports.clear();
    this.#chars = 0;
  }

  /** Takes back what was stored, as far as that is possible: a sweep finds the rest. */
  async discard(): Promise<void> {
    for (const { writer } of this.#ports.values()) await writer?.discard().catch(() => undefined);
  }

  #add(output: PortOutput, item: Item): Promise<void> | undefined {
    const text = JSON.stringify(item);
    this.#chars += text.length;
    if (text.length > maxItemChars) throw outputTooLarge('One item', text.length, maxItemChars);
    if (this.#chars > maxStepChars) throw outputTooLarge('The step', this.#chars, maxStepChars);
    if (output.writer) return output.writer.addText(text);
    output.items.push(item);
    output.chars += text.length;
    return output.chars > rowChars && output.items.length > 1 ? this.#store(output) : undefined;
  }

  async #store(output: PortOutput): Promise<void> {
    output.writer = this.store.writer(this.runId);
    for (const item of output.items.splice(0)) await output.writer.add(item);
  }
}

/** Whether items are most likely too many for a row: some of them are measured. One item is always kept as it is. */
export function looksLarge(outputs: Record<string, Item[]>): boolean {
  return Object.values(outputs).some((items) => {
    if (items.length < 2) return false;
    const step = Math.max(1, Math.floor(items.length / samples));
    let chars = 0;
    let measured = 0;
    for (let index = 0; index < items.length; index += step) {
      chars += JSON.stringify(items[index]).length;
      measured += 1;
    }
    return (chars / measured) * items.length > rowChars;
  });
}

function outputTooLarge(what: string, chars: number, most: number): StepFailure {
  return new StepFailure({
    code: 'step.outputTooLarge',
    message: `${what} made ${chars} characters of JSON; ${most} is the most. Send less on, or put it into a file.`,
    retryable: false,
  });
}
