import { ambiguousItem } from '@wfaib/sdk/expressions/expression.errors';
import type { NodeView } from '@wfaib/sdk/expressions/scope.types';
import type { Item, ItemSource, JsonObject } from '@wfaib/sdk/items';
import { bytesOf, type LargeItems } from '../../data/item-chunks.types.js';
import type { StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import { inputTooLarge, maxWholeBytes } from './port-items.js';
import { asksForLists, asksForPaired, referencedNamesOf } from './referenced-names.js';
import { SparseItems } from './sparse-items.js';
import type { StepInput } from './step-input.js';
import type { ItemsPlace, StepItems } from './step-items.types.js';
import { placeOfNode } from './upstream.js';

/** What `$('Name')` needs, loaded before templates are evaluated: they cannot wait. */
export class NodeViews {
  readonly #items = new Map<string, readonly Item[]>();
  /** Ports whose items do not fit into memory: those that are asked for are fetched, see {@link prepare}. */
  readonly #sparse = new Map<string, SparseItems>();
  readonly #places = new Map<string, ItemsPlace | undefined>();
  /** Nodes of the visits that the items at hand go back to; empty where a visit is none of a node. */
  readonly #nodeIds = new Map<StepKey, string>();

  private constructor(
    private readonly memory: RunMemory,
    private readonly asking: PlanNode,
    private readonly store: StepItems,
  ) {}

  /** Everything that the templates or the code of a node may ask of others, but for {@link prepare}. */
  static async load(memory: RunMemory, visit: StepVisit, asking: PlanNode, store: StepItems): Promise<NodeViews> {
    const views = new NodeViews(memory, asking, store);
    for (const name of referencedNamesOf(asking)) {
      const nodeId = views.#nodeIdOf(name);
      const place = nodeId === undefined ? undefined : await placeOfNode(memory, visit.key, nodeId, store);
      views.#places.set(name, place);
      if (place) await views.#fetch([place], asksForLists(asking));
    }
    return views;
  }

  #nodeIdOf(name: string): string | undefined {
    return this.memory.plan.nodes.find((each) => each.name === name)?.id;
  }

  async #fetch(places: readonly ItemsPlace[], needsAll = false): Promise<void> {
    const missing = new Map(places.map((place) => [keyOf(place), place]));
    for (const key of missing.keys()) if (this.#items.has(key) || this.#sparse.has(key)) missing.delete(key);
    if (missing.size === 0) return;
    const all = await this.store.find(this.memory, [...missing.values()]);
    for (const [index, key] of [...missing.keys()].entries()) {
      const found = all[index]!;
      if ('items' in found) this.#items.set(key, found.items);
      else if (needsAll && bytesOf(found) <= maxWholeBytes) this.#items.set(key, await allOf(found, this.store));
      else this.#sparse.set(key, new SparseItems(found, this.store));
    }
  }

  /** Fetches what the items of an input, or of a part of it, go back to, as far as the named nodes. */
  async prepare(input: StepInput): Promise<void> {
    if (!asksForPaired(this.asking)) return;
    for (const sparse of this.#sparse.values()) sparse.forget();
    const start = input.ports.flatMap((port) => input.items(port).map((_, index) => input.placeOf(port, index)));
    for (const name of this.#places.keys()) await this.#goBack(start, this.#nodeIdOf(name));
  }

  async #goBack(start: readonly ItemSource[], nodeId: string | undefined): Promise<void> {
    const seen = new Set<string>();
    let level = start;
    while (level.length > 0) {
      const fresh = new Map(level.map((place) => [`${keyOf(place)}\n${place.item}`, place]));
      for (const key of fresh.keys()) if (seen.has(key)) fresh.delete(key);
      for (const key of fresh.keys()) seen.add(key);
      const places = [...fresh.values()];
      await this.#reach(places);
      const others = places.filter(({ step }) => this.#nodeIds.get(step) !== nodeId);
      level = others.flatMap((place) => this.#at(place)?.source ?? []);
    }
  }

  /** Makes sure that these items are at hand, and known whose they are. */
  async #reach(places: readonly ItemSource[]): Promise<void> {
    const steps = [...new Set(places.map(({ step }) => step))].filter((step) => !this.#nodeIds.has(step));
    const rows = steps.length > 0 ? await this.store.rows(this.memory, steps) : new Map<string, never>();
    for (const step of steps) this.#nodeIds.set(step, rows.get(step)?.nodeId ?? '');
    await this.#fetch(places);
    for (const [key, sparse] of this.#sparse) {
      await sparse.fetch(places.filter((place) => keyOf(place) === key).map(({ item }) => item));
    }
  }

  /** The view for one input item; `place` says where that item came from. */
  of(name: string, place: ItemSource | undefined): NodeView | undefined {
    const node = this.memory.plan.nodes.find((each) => each.name === name);
    if (!node) return undefined;
    const found = this.#places.get(name);
    return {
      isExecuted: found !== undefined,
      items: () => (found ? this.#all(keyOf(found)) : []),
      item: () => this.#paired(name, node.id, place),
      parameters: node.node.parameters as JsonObject,
    };
  }

  /** Names whose items are loaded, with them: what user code can ask for. */
  toRecord(): Record<string, Item[]> {
    return Object.fromEntries(
      [...this.#places.keys()].map((name) => [name, [...(this.of(name, undefined)?.items() ?? [])]]),
    );
  }

  /** @throws StepFailure `step.inputTooLarge` */
  #all(key: string): readonly Item[] {
    const large: LargeItems | undefined = this.#sparse.get(key)?.large;
    if (large) throw inputTooLarge(large.count, bytesOf(large));
    return this.#items.get(key) ?? [];
  }

  #at(place: ItemSource): Item | undefined {
    const key = keyOf(place);
    return this.#items.get(key)?.[place.item] ?? this.#sparse.get(key)?.at(place.item);
  }

  #paired(name: string, nodeId: string, start: ItemSource | undefined): Item {
    const found = new Map<string, Item>();
    const seen = new Set<string>();
    const queue = start ? [start] : [];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const key = `${keyOf(next)}\n${next.item}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const item = this.#at(next);
      if (!item) continue;
      if (this.#nodeIds.get(next.step) === nodeId) found.set(key, item);
      else queue.push(...item.source);
    }
    const [only] = found.values();
    if (only && found.size === 1) return only;
    const why = found.size === 0 ? 'was made from no item of it' : `was made from ${found.size} different items of it`;
    throw ambiguousItem(`$('${name}').item: the current item ${why}. Use first(), last() or all().`);
  }
}

const keyOf = ({ step, port }: ItemsPlace): string => `${step}\n${port}`;

async function allOf({ chunks }: LargeItems, store: StepItems): Promise<Item[]> {
  const all: Item[] = [];
  for (const chunk of chunks) for (const item of await store.read(chunk)) all.push(item);
  return all;
}
