import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';

/** How the interpreter treats a node; everything else about a node is for the step executor. */
export type NodeRole = 'plain' | 'loop' | 'merge';

/** A connection, with nodes by index. The index of an edge is its place among the connections of the document. */
export interface PlanEdge {
  index: number;
  from: number;
  fromPort: string;
  to: number;
  toPort: string;
  /**
   * Only for connections into `next` of a loop: whether they may start the loop, as its other input does, when no round
   * of it is open. True where the source lies outside of the loop; within a body `next` counts only for its round.
   */
  entersLoop: boolean;
}

/** A node of a {@link CompiledPlan}. */
export interface PlanNode {
  /** Place in the document; nodes are referred to by it. */
  index: number;
  id: string;
  name: string;
  type: string;
  typeVersion: number;
  role: NodeRole;
  disabled: boolean;
  isTrigger: boolean;
  effect: NodeDescriptor['effect'];
  weight: NodeDescriptor['weight'];
  work: NodeDescriptor['work'];
  /** Input ports in order. */
  inputs: string[];
  /** Output ports in order, `error` last where `onError` is `errorOutput`. */
  outputs: string[];
  /** Indexes of the edges that leave, in document order. */
  outgoing: number[];
  /** Indexes of the edges that enter, in document order. */
  incoming: number[];
  /** Order by position: from top to bottom, then left to right, then as in the document. */
  rank: number;
  /** Merges only: `first` runs with the first arrival and drops the rest. */
  mergeMode?: 'all' | 'first';
  /** Index of the node that undoes it, where there is one. */
  compensatedBy?: number;
  /** Loops only. */
  loop?: { mode: 'batches' | 'while'; entryPort: string };
  /** The node as the document has it. */
  node: WorkflowNode;
  descriptor: NodeDescriptor;
}

/** A workflow document made ready to run. Holds no state; many runs share one. */
export interface CompiledPlan {
  /** Content hash of the document: two equal documents have equal plans. */
  hash: string;
  nodes: PlanNode[];
  edges: PlanEdge[];
  /** Index of a node by its id. */
  indexById: ReadonlyMap<string, number>;
  /** `sequential`: one step at a time, depth first by position. */
  branches: 'parallel' | 'sequential';
  /** Longest a run may take, in milliseconds. */
  timeoutMs?: number;
}
