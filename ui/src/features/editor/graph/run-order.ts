import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** Ids of all steps as a run would come to them: from the triggers on, upper branches first. */
export function runOrder(document: WorkflowDocument): string[] {
  const byPlace = document.nodes.toSorted(
    (a, b) => (a.position?.[1] ?? 0) - (b.position?.[1] ?? 0) || (a.position?.[0] ?? 0) - (b.position?.[0] ?? 0),
  );
  const rank = new Map(byPlace.map((node, index) => [node.id, index]));
  const hasInput = new Set(document.connections.map(({ to }) => to.node));
  const order = new Set<string>();
  const visit = (start: string) => {
    const open = [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (order.has(id)) continue;
      order.add(id);
      const next = document.connections.filter(({ from }) => from.node === id).map(({ to }) => to.node);
      open.push(...next.toSorted((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0)));
    }
  };
  for (const node of byPlace) if (!hasInput.has(node.id)) visit(node.id);
  for (const node of byPlace) visit(node.id);
  return [...order];
}
