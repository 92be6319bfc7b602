import type { Connection, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { outputPorts, portLabel } from '../../../shared/steps/ports.js';
import { runOrder } from './run-order.js';

/** One line of the outline: a step where a run first comes to it. */
export interface OutlineRow {
  id: string;
  depth: number;
  /** The way out of the step before that leads here, where it has several. */
  through: string | undefined;
  /** Names of all steps before it, where there is more than one. */
  after: string[];
}

/** The workflow as an indented list: branches are indented, a plain line of steps is not. */
export function outlineOf(document: WorkflowDocument, catalog: NodeCatalog): OutlineRow[] {
  const rank = new Map(runOrder(document).map((id, index) => [id, index]));
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const wayOut = ({ node: id, port }: Connection['from']) => {
    const node = nodes.get(id);
    return node ? portLabel(outputPorts(node, catalog.find(node.type)), port) : port;
  };
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  const before = (id: string) => [
    ...new Set(document.connections.filter(({ to }) => to.node === id).map(({ from }) => from.node)),
  ];
  const visit = (id: string, depth: number, through: string | undefined): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const parents = before(id);
    rows.push({
      id,
      depth,
      through,
      after: parents.length > 1 ? parents.map((parent) => names.get(parent) ?? '') : [],
    });
    const next = document.connections
      .filter(({ from }) => from.node === id)
      .toSorted((a, b) => (rank.get(a.to.node) ?? 0) - (rank.get(b.to.node) ?? 0));
    const branches = new Set(next.map(({ to }) => to.node)).size > 1;
    for (const { from, to } of next) {
      visit(to.node, depth + (branches ? 1 : 0), branches || from.port !== 'main' ? wayOut(from) : undefined);
    }
  };
  for (const id of rank.keys()) if (before(id).length === 0) visit(id, 0, undefined);
  for (const id of rank.keys()) visit(id, 0, undefined);
  return rows;
}
