import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { cardHeight, cardWidth } from './geometry.js';

/** Steps that belong together; a collapsed group is drawn as one card. */
export type Group = NonNullable<WorkflowDocument['groups']>[number] & { collapsed?: boolean };

const padding = 24;
const titleHeight = 28;

export function groupsOf(document: WorkflowDocument): readonly Group[] {
  return (document.groups ?? []) as Group[];
}

/** Makes a group of these steps. A step is in one group at most, so it leaves the one it was in. */
export function groupSteps(document: WorkflowDocument, ids: ReadonlySet<string>, id: string, name: string): void {
  ungroupSteps(document, ids);
  const nodes = document.nodes.filter((node) => ids.has(node.id)).map((node) => node.id);
  if (nodes.length > 0) document.groups = [...(document.groups ?? []), { id, name, nodes }];
}

/** Takes steps out of their groups; a group without steps is gone. */
export function ungroupSteps(document: WorkflowDocument, ids: ReadonlySet<string>): void {
  if (!document.groups) return;
  for (const group of document.groups) group.nodes = group.nodes.filter((id) => !ids.has(id));
  document.groups = document.groups.filter((group) => group.nodes.length > 0);
  if (document.groups.length === 0) delete document.groups;
}

export function removeGroup(document: WorkflowDocument, id: string): void {
  document.groups = (document.groups ?? []).filter((group) => group.id !== id);
  if (document.groups.length === 0) delete document.groups;
}

export function editGroup(document: WorkflowDocument, id: string, change: (group: Group) => void): void {
  const group = groupsOf(document).find((candidate) => candidate.id === id);
  if (group) change(group);
}

/** Hidden steps, and the collapsed group that stands for each. */
export function hiddenSteps(document: WorkflowDocument): ReadonlyMap<string, string> {
  const hidden = new Map<string, string>();
  for (const { id, nodes, collapsed } of groupsOf(document))
    if (collapsed) for (const node of nodes) hidden.set(node, id);
  return hidden;
}

/** The box around the steps of a group, its title included. */
export function boundsOf(
  document: WorkflowDocument,
  group: Group,
  placeOf: (id: string) => readonly [number, number] | undefined = () => undefined,
): { x: number; y: number; width: number; height: number } | undefined {
  const members = new Set(group.nodes);
  const places = document.nodes
    .filter(({ id }) => members.has(id))
    .map(({ id, position }) => placeOf(id) ?? position ?? ([0, 0] as const));
  if (places.length === 0) return undefined;
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const x = Math.min(...xs) - padding;
  const y = Math.min(...ys) - padding - titleHeight;
  return {
    x,
    y,
    width: Math.max(...xs) + cardWidth + padding - x,
    height: Math.max(...ys) + cardHeight + padding - y,
  };
}
