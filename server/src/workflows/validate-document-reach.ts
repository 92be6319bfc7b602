import { referencedNodes } from '@wfaib/sdk/expressions/deep';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell } from '@wfaib/sdk/sentence';
import type { Draft, DraftNode } from './validate-document-draft.js';
import { withTemplates, type KnownNode } from './validate-document-nodes.js';

/** What the ways through the graph say against a document: steps that nothing reaches, and references against the flow. */
export function reachProblems(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  return [...unreached(draft, known), ...laterReferences(draft, known)];
}

/**
 * One problem for each piece of the graph that no trigger leads to, at its first step. A node of an unknown type may be a
 * trigger, and what undoes others stands alone: neither is told of.
 */
function unreached(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const starts = draft.nodes.filter(({ id }) => known.get(id)?.descriptor.isTrigger ?? true);
  // That nothing starts the workflow at all is a problem of its own.
  if (starts.length === 0) return [];
  const next = ways(draft, 'from', 'to');
  const undoers = draft.nodes.flatMap(({ compensateWith }) => compensateWith ?? []);
  const reached = reachedFrom([...starts.map(({ id }) => id), ...undoers], next);
  const cut = draft.nodes.filter(({ id }) => !reached.has(id));
  const cutIds = new Set(cut.map(({ id }) => id));
  const entered = new Set(draft.connections.filter(({ from }) => cutIds.has(from.node)).map(({ to }) => to.node));
  // A circle has no first step: its steps come after those that have nothing before them.
  const heads = [...cut.filter(({ id }) => !entered.has(id)), ...cut.filter(({ id }) => entered.has(id))];
  return heads.flatMap((head) => {
    if (reached.has(head.id)) return [];
    const piece = reachedFrom([head.id], next);
    const after = [...piece].filter((id) => cutIds.has(id) && !reached.has(id)).length - 1;
    for (const id of piece) reached.add(id);
    return head.disabled ? [] : [unreachedStep(head, after)];
  });
}

function unreachedStep({ id, name }: DraftNode, after: number): Problem {
  const rest = after === 0 ? '' : after === 1 ? say` and the step after it` : say` and the ${{ after }} steps after it`;
  const fault = say`"${{ name }}" is not connected to a trigger: nothing runs it${{ rest }}. Connect it, or remove it.`;
  return { severity: 'warning', code: 'graph.unreached', nodeId: id, ...tell(fault) };
}

/** A step that runs only after the one that reads it has no output yet: a loop apart, the expression fails. */
function laterReferences(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const idByName = new Map(draft.nodes.map(({ id, name }) => [name, id]));
  const after = cachedReach(ways(draft, 'from', 'to'));
  const before = cachedReach(ways(draft, 'to', 'from'));
  const isLater = (name: string, reader: string): boolean => {
    const id = idByName.get(name);
    return id !== undefined && before(id).has(reader) && !after(id).has(reader);
  };
  return draft.nodes.flatMap((node) =>
    Object.entries(withTemplates(node, known)).flatMap(([field, value]) =>
      referencedNodes(value)
        .filter((name) => isLater(name, node.id))
        .map((name): Problem => ({
          severity: 'warning',
          code: 'node.laterReference',
          nodeId: node.id,
          field: `parameters.${field}`,
          ...tell(
            say`"${{ name: node.name }}" reads "${{ read: name }}", which runs only after it. Read a step before it.`,
          ),
        })),
    ),
  );
}

type Ways = ReadonlyMap<string, readonly string[]>;

function ways({ connections }: Draft, start: 'from' | 'to', end: 'from' | 'to'): Ways {
  const found = new Map<string, string[]>();
  for (const connection of connections) {
    const ends = found.get(connection[start].node);
    if (ends) ends.push(connection[end].node);
    else found.set(connection[start].node, [connection[end].node]);
  }
  return found;
}

/** The ids themselves, and all that the ways lead to from there. */
function reachedFrom(ids: readonly string[], next: Ways): Set<string> {
  const reached = new Set(ids);
  // A set goes on with what is added while it is walked.
  for (const id of reached) for (const end of next.get(id) ?? []) reached.add(end);
  return reached;
}

/** What can be reached from a step by at least one way; many expressions name the same few steps. */
function cachedReach(next: Ways): (id: string) => ReadonlySet<string> {
  const cache = new Map<string, ReadonlySet<string>>();
  return (id) => {
    const found = cache.get(id) ?? reachedFrom(next.get(id) ?? [], next);
    cache.set(id, found);
    return found;
  };
}
