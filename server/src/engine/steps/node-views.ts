import { ambiguousItem } from '@wfaib/sdk/expressions/expression.errors';
import type { NodeView } from '@wfaib/sdk/expressions/scope.types';
import type { Item, ItemSource, JsonObject } from '@wfaib/sdk/items';
import { bytesOf, type LargeItems } from '../../data/item-chunks.types.js';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import { inputTooLarge, maxWholeBytes } from './port-items.js';
import { asksForLists, referencedNamesOf } from './referenced-names.js';
import { SparseItems } from './sparse-items.js';
import type { StepInput } from './step-input.js';
import type { StepItems } from './step-items.types.js';
import { arrivalsUpstream, placeOfNode } from './upstream.js';

/** What `$('Name')` needs, loaded before templates are evaluated: they cannot wait. */
export class NodeViews {
  readonly #items = new Map<string, readonly Item[]>();
  /** Ports whose items do not fit into memory: those that are asked for are fetched, see {@link prepare}. */
  readonly #sparse = new Map<string, SparseItems>();
  readonly #places = new Map<string, ReturnType<typeof placeOfNode>>();

  private constructor(
    private readonly memory: RunMemory,
    private readonly names: ReadonlySet<string>,
    private readonly store: StepItems,
  ) {}

  /** Everything that the templates or the code of a node may ask of others. */
  static async load(memory: RunMemory, visit: StepVisit, asking: PlanNode, store: StepItems): Promise<NodeViews> {
    const names = referencedNamesOf(asking);
    const views = new NodeViews(memory, new Set(names), store);
    if (names.length === 0) return views;
    for (const name of names) {
      const node = memory.plan.nodes.find((each) => each.name === name);
      const place = node && placeOfNode(memory, visit.key, node.id);
      views.#places.set(name, place);
      if (place) await views.#fetch(place, asksForLists(asking));
    }
    for (const arrival of arrivalsUpstream(memory, visit.key)) await views.#fetch(arrival);
    return views;
  }

  async #fetch({ step, port }: { step: string; port: string }, needsAll = false): Promise<void> {
    const key = `${step}\n${port}`;
    if (this.#items.has(key) || this.#sparse.has(key)) return;
    const found = await this.store.find(this.memory, step, port);
    if ('items' in found) this.#items.set(key, found.items);
    else if (needsAll && bytesOf(found) <= maxWholeBytes) this.#items.set(key, await allOf(found, this.store));
    else this.#sparse.set(key, new SparseItems(found, this.store));
  }

  /** Fetches what the items of a part go back to, where that is not in memory. */
  async prepare(input: StepInput): Promise<void> {
    if (this.names.size === 0 || this.#sparse.size === 0) return;
    for (const sparse of this.#sparse.values()) sparse.forget();
    const port = input.firstPort;
    let level: ItemSource[] = input.items(port).map((_, index) => input.placeOf(port, index));
    const seen = new Set<string>();
    while (level.length > 0) {
      const fresh = level.filter(({ step, port: from, item }) => {
        const key = `${step}\n${from}\n${item}`;
        return seen.has(key) ? false : seen.add(key);
      });
      for (const [key, sparse] of this.#sparse) {
        await sparse.fetch(fresh.filter(({ step, port: from }) => `${step}\n${from}` === key).map(({ item }) => item));
      }
      level = fresh.flatMap((place) => this.#at(place)?.source ?? []);
    }
  }

  /** The view for one input item; `place` says where that item came from. */
  of(name: string, place: ItemSource | undefined): NodeView | undefined {
    const node = this.memory.plan.nodes.find((each) => each.name === name);
    if (!node) return undefined;
    const { memory } = this;
    const found = this.#places.get(name);
    return {
      get isExecuted() {
        return found !== undefined && memory.steps.has(found.step);
      },
      items: () => (found ? this.#all(`${found.step}\n${found.port}`) : []),
      item: () => this.#paired(name, node.id, place),
      parameters: node.node.parameters as JsonObject,
    };
  }

  /** Names whose items are loaded, with them: what user code can ask for. */
  toRecord(): Record<string, Item[]> {
    return Object.fromEntries([...this.names].map((name) => [name, [...(this.of(name, undefined)?.items() ?? [])]]));
  }

  /** @throws StepFailure `step.inputTooLarge` */
  #all(key: string): readonly Item[] {
    const large: LargeItems | undefined = this.#sparse.get(key)?.large;
    if (large) throw inputTooLarge(large.count, bytesOf(large));
    return this.#items.get(key) ?? [];
  }

  #at({ step, port, item }: ItemSource): Item | undefined {
    const key = `${step}\n${port}`;
    return this.#items.get(key)?.[item] ?? this.#sparse.get(key)?.at(item);
  }

  #paired(name: string, nodeId: string, start: ItemSource | undefined): Item {
    const found = new Map<string, Item>();
    const seen = new Set<string>();
    const queue = start ? [start] : [];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const key = `${next.step}\n${next.port}\n${next.item}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const item = this.#at(next);
      if (!item) continue;
      if (this.memory.steps.get(next.step)?.nodeId === nodeId) found.set(key, item);
      else queue.push(...item.source);
    }
    const [only] = found.values();
    if (only && found.size === 1) return only;
    const why = found.size === 0 ? 'was made from no item of it' : `was made from ${found.size} different items of it`;
    throw ambiguousItem(`$('${name}').item: the current item ${why}. Use first(), last() or all().`);
  }
}

async function allOf({ chunks }: LargeItems, store: StepItems): Promise<Item[]> {
  const all: Item[] = [];
  for (const chunk of chunks) for (const item of await store.read(chunk)) all.push(item);
  return all;
}
