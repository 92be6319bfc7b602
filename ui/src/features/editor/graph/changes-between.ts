import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { connectionKey } from './connect.js';
import { t } from '../../../shared/i18n/i18n.js';

/** One line of what publishing would change. */
export interface DocumentChange {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  what: string;
  nodeId?: string;
  /** What the server calls this part of the document: a step, `connections`, `settings` or `name`. */
  part: string;
}

export const partOfNode = (nodeId: string) => `node:${nodeId}`;

/** What is different between two documents; steps that only moved are told apart. */
export function changesBetween(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  return [...nodeChanges(before, after), ...connectionChanges(before, after), ...otherChanges(before, after)];
}

function nodeChanges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const changes: DocumentChange[] = [];
  for (const node of after.nodes) {
    const previous = old.get(node.id);
    old.delete(node.id);
    const kind = previous ? differenceOf(previous, node) : 'added';
    if (kind) changes.push({ kind, what: node.name, nodeId: node.id, part: partOfNode(node.id) });
  }
  for (const node of old.values()) changes.push({ kind: 'removed', what: node.name, part: partOfNode(node.id) });
  return changes;
}

function differenceOf(before: WorkflowNode, after: WorkflowNode): 'changed' | 'moved' | undefined {
  // Pinned items count for tests only, so they are no change to what is live.
  const { position: oldPlace, pinned: _oldPins, ...oldRest } = before;
  const { position: newPlace, pinned: _newPins, ...newRest } = after;
  if (stable(oldRest) !== stable(newRest)) return 'changed';
  return stable(oldPlace) === stable(newPlace) ? undefined : 'moved';
}

function connectionChanges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const old = new Set(before.connections.map(connectionKey));
  const fresh = new Set(after.connections.map(connectionKey));
  const added = [...fresh].filter((key) => !old.has(key)).length;
  const removed = [...old].filter((key) => !fresh.has(key)).length;
  const change = (kind: 'added' | 'removed', count: number): DocumentChange[] =>
    count === 0 ? [] : [{ kind, what: t('editor.change.connections', { count }), part: 'connections' }];
  return [...change('added', added), ...change('removed', removed)];
}

function otherChanges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const changes: DocumentChange[] = [];
  if (before.name !== after.name)
    changes.push({ kind: 'changed', what: t('editor.change.name', { name: after.name }), part: 'name' });
  if (stable(before.settings) !== stable(after.settings))
    changes.push({ kind: 'changed', what: t('editor.change.settings'), part: 'settings' });
  return changes;
}

/** JSON with sorted keys and without absent values. */
export function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
