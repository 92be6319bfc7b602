import type { NodeTotals } from '../../../api/types.js';

export interface ComparedStep {
  nodeId: string;
  name: string;
  one: NodeTotals | undefined;
  other: NodeTotals | undefined;
  /** What is not the same, in a word; `undefined` where all is. */
  differs: 'way' | 'outcome' | 'visits' | 'items' | undefined;
}

/** The steps of two runs side by side, in the order in which they ran. Durations never count as a difference. */
export function compareRuns(one: readonly NodeTotals[], other: readonly NodeTotals[]): ComparedStep[] {
  const ids = [...new Set([...one, ...other].map(({ nodeId }) => nodeId))];
  return ids.map((nodeId) => {
    const a = one.find((node) => node.nodeId === nodeId);
    const b = other.find((node) => node.nodeId === nodeId);
    return { nodeId, name: (a ?? b)!.name, one: a, other: b, differs: differenceOf(a, b) };
  });
}

function differenceOf(a: NodeTotals | undefined, b: NodeTotals | undefined): ComparedStep['differs'] {
  if (!a || !b) return 'way';
  if ((a.statuses.failed ?? 0) !== (b.statuses.failed ?? 0) || a.handled !== b.handled) return 'outcome';
  if (a.visits !== b.visits) return 'visits';
  if (a.itemCounts.in !== b.itemCounts.in || a.itemCounts.out !== b.itemCounts.out) return 'items';
  return undefined;
}
