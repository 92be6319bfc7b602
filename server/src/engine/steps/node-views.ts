import { ambiguousItem } from '@wfaib/sdk/expressions/expression.errors';
import type { NodeView } from '@wfaib/sdk/expressions/scope.types';
import type { Item, ItemSource, JsonObject } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { StepItems } from './step-items.types.js';
import { arrivalsUpstream, placeOfNode } from './upstream.js';

/** What `$('Name')` needs, loaded before templates are evaluated: they cannot wait. */
export class NodeViews {
  readonly #items = new Map<string, readonly Item[]>();
  readonly #places = new Map<string, ReturnType<typeof placeOfNode>>();

  private constructor(
    private readonly memory: RunMemory,
    private readonly names: ReadonlySet<string>,
  ) {}

  /** @param names nodes that the templates of the step name */
  static async load(
    memory: RunMemory,
    visit: StepVisit,
    names: readonly string[],
    items: StepItems,
  ): Promise<NodeViews> {
    const views = new NodeViews(memory, new Set(names));
    if (names.length === 0) return views;
    for (const name of names) {
      const node = memory.plan.nodes.find((each) => each.name === name);
      const place = node && placeOfNode(memory, visit.key, node.id);
      views.#places.set(name, place);
      if (place) await views.#fetch(items, place);
    }
    for (const arrival of arrivalsUpstream(memory, visit.key)) await views.#fetch(items, arrival);
    return views;
  }

  async #fetch(items: StepItems, { step, port }: { step: string; port: string }): Promise<void> {
    const key = `${step}\n${port}`;
    if (!this.#items.has(key)) this.#items.set(key, await items.of(this.memory, step, port));
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
      items: () => (found ? (this.#items.get(`${found.step}\n${found.port}`) ?? []) : []),
      item: () => this.#paired(name, node.id, place),
      parameters: node.node.parameters as JsonObject,
    };
  }

  /** Names whose items are loaded, with them: what user code can ask for. */
  toRecord(): Record<string, Item[]> {
    return Object.fromEntries([...this.names].map((name) => [name, [...(this.of(name, undefined)?.items() ?? [])]]));
  }

  #paired(name: string, nodeId: string, start: ItemSource | undefined): Item {
    const found = new Map<string, Item>();
    const seen = new Set<string>();
    const queue = start ? [start] : [];
    for (let next = queue.pop(); next; next = queue.pop()) {
      const key = `${next.step}\n${next.port}\n${next.item}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const item = this.#items.get(`${next.step}\n${next.port}`)?.[next.item];
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
