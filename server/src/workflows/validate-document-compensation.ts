import type { Problem } from '@wfaib/sdk/workflow-document';
import type { Draft, DraftNode } from './validate-document-draft.js';
import type { KnownNode } from './validate-document-nodes.js';

/** Node types that shape the flow: they cannot undo anything. */
const flowTypes = new Set(['core.loop', 'core.merge', 'core.respond', 'core.stop']);

/** What is wrong with the nodes that undo others. That they exist is checked where all references are. */
export function compensationProblems(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const byId = new Map(draft.nodes.map((node) => [node.id, node]));
  const reached = new Set(draft.connections.map(({ to }) => to.node));
  return draft.nodes.flatMap((node): Problem[] => {
    const undoer = byId.get(node.compensateWith ?? '');
    if (!undoer) return [];
    const reason = unfit(node, undoer, reached, known);
    if (reason) return [problemOf(node, 'error', reason)];
    if (!undoer.disabled) return [];
    return [problemOf(node, 'warning', `is undone by "${undoer.name}", which is disabled, so it stays as it is.`)];
  });
}

function unfit(
  node: DraftNode,
  undoer: DraftNode,
  reached: ReadonlySet<string>,
  known: ReadonlyMap<string, KnownNode>,
): string | undefined {
  const name = `"${undoer.name}"`;
  if (undoer.id === node.id) return 'cannot undo itself. Choose another node.';
  if (undoer.compensateWith !== undefined)
    return `is undone by ${name}, which names a node that undoes it in turn. What undoes is never undone: remove that.`;
  if (reached.has(undoer.id))
    return `is undone by ${name}, which is a part of the flow. What undoes stands alone: remove the connections to it.`;
  if (known.get(undoer.id)?.descriptor.isTrigger) return `cannot be undone by ${name}: it starts runs.`;
  if (flowTypes.has(undoer.type))
    return `cannot be undone by ${name}: a node of the type ${undoer.type} undoes nothing.`;
  return undefined;
}

function problemOf({ id, name }: DraftNode, severity: Problem['severity'], reason: string): Problem {
  const message = `"${name}" ${reason}`;
  return { severity, code: 'node.compensationInvalid', nodeId: id, field: 'compensateWith', message };
}
