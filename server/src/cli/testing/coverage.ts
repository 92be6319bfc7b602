import type { Rehearsed } from '../../engine/rehearsal/rehearsal.types.js';
import type { CompiledPlan, PlanNode } from '../../plan/plan.types.js';

/** One way that items can take. */
export interface Branch {
  node: string;
  port: string;
}

/** How much of a document the cases of its tests went through. */
export interface Coverage {
  nodes: { total: number; covered: number; missing: string[] };
  /** Ports of nodes that have several: those of a condition, a loop, an error output. */
  branches: { total: number; covered: number; missing: Branch[] };
  /** Nodes and branches together, 0 to 100, rounded down to one decimal. */
  percent: number;
}

/** Collects what the cases of one document went through. Disabled nodes are left out: nothing is to happen there. */
export class CoverageTally {
  private readonly visited = new Set<string>();
  private readonly taken = new Set<string>();

  constructor(private readonly plan: CompiledPlan) {}

  add({ steps }: Pick<Rehearsed, 'steps'>): void {
    for (const { nodeId, status, outputs } of steps) {
      if (status === 'pending') continue;
      this.visited.add(nodeId);
      for (const [port, count] of Object.entries(outputs)) if (count > 0) this.taken.add(keyOf(nodeId, port));
    }
  }

  get coverage(): Coverage {
    const nodes = this.plan.nodes.filter(({ disabled }) => !disabled);
    const branches = nodes.flatMap(branchesOf);
    const missingNodes = nodes.filter(({ id }) => !this.visited.has(id));
    const missingBranches = branches.filter(({ id, port }) => !this.taken.has(keyOf(id, port)));
    const total = nodes.length + branches.length;
    const covered = total - missingNodes.length - missingBranches.length;
    return {
      nodes: counted(
        nodes.length,
        missingNodes.map(({ name }) => name),
      ),
      branches: counted(
        branches.length,
        missingBranches.map(({ name, port }) => ({ node: name, port })),
      ),
      percent: total === 0 ? 100 : Math.floor((covered / total) * 1000) / 10,
    };
  }
}

function branchesOf(node: PlanNode): { id: string; name: string; port: string }[] {
  const { id, name } = node;
  const outputs = node.outputs.filter((port) => isPossible(node, port));
  return outputs.length < 2 ? [] : outputs.map((port) => ({ id, name, port }));
}

/** A wait for a time cannot be late. */
function isPossible({ type, node }: PlanNode, port: string): boolean {
  return type !== 'core.wait' || port !== 'timeout' || node.parameters['webhook'] === true;
}

function counted<Missing>(total: number, missing: Missing[]) {
  return { total, covered: total - missing.length, missing };
}

const keyOf = (nodeId: string, port: string): string => JSON.stringify([nodeId, port]);
