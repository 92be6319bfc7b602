import type { Field, ShowWhen } from './fields.js';

/** A place where items leave or enter a node. */
export interface Port {
  name: string;
  /** Shown on the canvas. @defaultValue the name */
  label?: string;
}

/**
 * Everything the editor, the validator and the engine know of a node type, as plain JSON.
 * Core nodes ship theirs with the server; connectors describe themselves once, at install.
 */
export interface NodeDescriptor {
  /** `core.<name>` or `<connector>.<action>`. */
  type: string;
  typeVersion: number;
  label: string;
  description: string;
  /** Name of a Lucide icon, or a `data:` address of an SVG. */
  icon: string;
  category: 'trigger' | 'flow' | 'people' | 'data' | 'code' | 'service';
  isTrigger: boolean;
  inputs: Port[];
  /** Without `error`, which every node with `onError: "errorOutput"` has besides. */
  outputs: Port[];
  /** Input ports `in1`…`inN`, N being the value of this parameter. */
  inputsFrom?: { parameter: string; defaultCount: number };
  /** Output ports named by the elements of a list parameter, and by a further parameter (`null` adds none). */
  outputsFrom?: { parameter: string; key: string; also?: string };
  /** Parameters in the order of the form. */
  fields: Record<string, Field>;
  /** Of each group at least one parameter must be given. */
  requiredOneOf?: string[][];
  /** Credentials the node takes, by slot. */
  credentials?: {
    slot: string;
    label: string;
    kinds: string[];
    required: boolean;
    /** The slot exists only while a parameter has one of these values. */
    showWhen?: ShowWhen;
  }[];
  /** One line of meaning on the step card; `{{field}}` is replaced by the parameter. Example: `{{method}} {{url}}`. */
  summary?: string;
  /** Whether it works and fails item by item, or once for all of them. */
  work: 'perItem' | 'once';
  /** What the outside notices: `write` needs a claim and an idempotency key before it runs. */
  effect: 'none' | 'read' | 'write';
  /** `light` runs in the process that decides, `heavy` is handed to a worker. */
  weight: 'light' | 'heavy';
  /**
   * A group parameter `{ size, intervalMs }`: the engine calls the node for `size` items at once, then waits
   * `intervalMs` milliseconds before the next ones. Without it the engine chooses.
   */
  paceFrom?: string;
  /** The connector that provides it; core nodes have none. */
  connector?: { id: string; version: string; action: string };
}
