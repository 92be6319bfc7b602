import type { Item, JsonObject, JsonValue } from '../items.js';

/** What `$('Name')` sees of another step. */
export interface NodeView {
  isExecuted: boolean;
  /** Items of the visit upstream of this step, else of the newest visit. */
  items(): readonly Item[];
  /** The item this item was made from; throws `ambiguousItem(…)` when there is none or several different ones. */
  item(): Item;
  /** Parameters of the node as written, for `$('Name').params`. */
  parameters?: JsonObject;
}

/** What `$run` shows. */
export interface RunView {
  id: string;
  /** ISO time with offset. */
  startedAt?: string;
  /** Address that resumes a wait of this run. */
  resumeUrl?: string;
  /** "production" or "test". */
  mode?: string;
}

/** Everything an expression may look at. Only own data properties of it are ever read. */
export interface ExpressionScope {
  /** Body of the current item. */
  json: JsonObject;
  /** The current item; left out where there is none, for example in a trigger. */
  item?: Item | undefined;
  /** Zero-based index of the current item within the input. */
  itemIndex: number;
  input: { items: readonly Item[] };
  /** The step with this name, `undefined` when the workflow has none. */
  node(name: string): NodeView | undefined;
  /** Time of the step in milliseconds since 1970, fixed for the whole step. */
  now: number;
  /** IANA time zone of the workflow. */
  timezone: string;
  vars: Readonly<Record<string, JsonValue>>;
  run: RunView;
  workflow: { id: string; name: string };
  /** `$response`, where a parameter looks at an answer (pagination of `http.request`). */
  response?: JsonValue;
  /** Step that sent the items, as n8n's `$prevNode`. */
  prevNode?: { name: string; outputIndex?: number; runIndex?: number };
  /** Zero-based visit of this step. @defaultValue 0 */
  runIndex?: number;
}
