import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import { PortItems, type ItemsPart } from './port-items.js';
import type { StepItems } from './step-items.types.js';

/** What a visit works on: items by port, and where each of them came from. */
export class StepInput {
  private constructor(
    private readonly byPort: ReadonlyMap<string, PortItems>,
    /** The port whose items are `$json`. */
    readonly firstPort: string,
    /** Set where this is a part of an input that is worked on part by part. */
    private readonly part?: ItemsPart & { port: string },
  ) {}

  static async load(memory: RunMemory, visit: StepVisit, store: StepItems): Promise<StepInput> {
    const byPort = new Map<string, PortItems>();
    for (const { port, arrivals } of visit.inputs) {
      const found = await store.find(memory, arrivals);
      byPort.set(port, new PortItems(port, arrivals, found, store));
    }
    const ports = memory.node(visit.nodeId).inputs;
    const firstPort = ports.find((port) => (byPort.get(port)?.count ?? 0) > 0) ?? ports[0] ?? 'main';
    return new StepInput(byPort, firstPort);
  }

  /** Whether all items, or all of this part, are in memory. */
  get isLoaded(): boolean {
    return this.part !== undefined || [...this.byPort.values()].every(({ isLoaded }) => isLoaded);
  }

  /** Reads everything into memory. @throws StepFailure `step.inputTooLarge` */
  async loadAll(): Promise<void> {
    for (const items of this.byPort.values()) await items.load();
  }

  /** All items of a port, or those of the part. */
  items(port = 'main'): Item[] {
    if (this.part !== undefined) return port === this.part.port ? this.part.items : [];
    return this.byPort.get(port)?.items ?? [];
  }

  get first(): Item[] {
    return this.items(this.firstPort);
  }

  /** The ports whose items are seen. */
  get ports(): string[] {
    return this.part === undefined ? [...this.byPort.keys()] : [this.part.port];
  }

  /** Items on a port, those of other parts included. */
  count(port: string): number {
    return this.byPort.get(port)?.count ?? 0;
  }

  /** Number of the first item of {@link items} among all of the port. */
  get offset(): number {
    return this.part?.offset ?? 0;
  }

  /** The input seen part by part: each has the items of one port, some of them. */
  async *parts(port: string, from?: number, to?: number): AsyncGenerator<StepInput, void, undefined> {
    const items = this.byPort.get(port);
    if (items === undefined) return;
    for await (const part of items.parts(from, to)) yield new StepInput(this.byPort, port, { ...part, port });
  }

  /** Which output item of an earlier step the item at `index` of {@link items} is. */
  placeOf(port: string, index: number): ItemSource {
    const items = this.byPort.get(port);
    if (items === undefined) throw new RangeError(`Port ${port} has no item ${index}.`);
    return items.placeOf(index + this.offset);
  }
}
