import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell, type Sentence } from '@wfaib/sdk/sentence';
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
    const fault = unfit(node, undoer, reached, known);
    if (fault) return [problemOf(node, 'error', fault)];
    if (!undoer.disabled) return [];
    const isOff = say`"${{ name: node.name }}" is undone by "${{ undoer: undoer.name }}", which is disabled, so it stays as it is.`;
    return [problemOf(node, 'warning', isOff)];
  });
}

function unfit(
  node: DraftNode,
  undoer: DraftNode,
  reached: ReadonlySet<string>,
  known: ReadonlyMap<string, KnownNode>,
): Sentence | undefined {
  const { name } = node;
  if (undoer.id === node.id) return say`"${{ name }}" cannot undo itself. Choose another node.`;
  if (undoer.compensateWith !== undefined)
    return say`"${{ name }}" is undone by "${{ undoer: undoer.name }}", which names a node that undoes it in turn. What undoes is never undone: remove that.`;
  if (reached.has(undoer.id))
    return say`"${{ name }}" is undone by "${{ undoer: undoer.name }}", which is a part of the flow. What undoes stands alone: remove the connections to it.`;
  if (known.get(undoer.id)?.descriptor.isTrigger)
    return say`"${{ name }}" cannot be undone by "${{ undoer: undoer.name }}": it starts runs.`;
  if (flowTypes.has(undoer.type))
    return say`"${{ name }}" cannot be undone by "${{ undoer: undoer.name }}": a node of the type ${{ type: undoer.type }} undoes nothing.`;
  return undefined;
}

function problemOf({ id }: DraftNode, severity: Problem['severity'], fault: Sentence): Problem {
  return { severity, code: 'node.compensationInvalid', nodeId: id, field: 'compensateWith', ...tell(fault) };
}
