import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { StepItems } from './step-items.types.js';

/** What a visit works on: items by port, and where each of them came from. */
export class StepInput {
  private constructor(
    private readonly visit: StepVisit,
    private readonly byPort: ReadonlyMap<string, readonly Item[]>,
    /** The port whose items are `$json`. */
    readonly firstPort: string,
  ) {}

  static async load(memory: RunMemory, visit: StepVisit, items: StepItems): Promise<StepInput> {
    const byPort = new Map<string, readonly Item[]>();
    for (const { port } of visit.inputs) byPort.set(port, await items.input(memory, visit, port));
    const ports = memory.node(visit.nodeId).inputs;
    const firstPort = ports.find((port) => (byPort.get(port)?.length ?? 0) > 0) ?? ports[0] ?? 'main';
    return new StepInput(visit, byPort, firstPort);
  }

  items(port = 'main'): Item[] {
    return (this.byPort.get(port) ?? []) as Item[];
  }

  get first(): Item[] {
    return this.items(this.firstPort);
  }

  /** Which output item of an earlier step the item at `index` of a port is. */
  placeOf(port: string, index: number): ItemSource {
    let left = index;
    for (const { step, port: from, count } of this.visit.inputs.find((input) => input.port === port)?.arrivals ?? []) {
      if (left < count) return { step, port: from, item: left };
      left -= count;
    }
    throw new RangeError(`Port ${port} has no item ${index}.`);
  }
}
