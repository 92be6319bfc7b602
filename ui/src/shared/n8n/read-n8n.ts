import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { returnToLoops } from './loop-returns.js';
import { mapN8nNode } from './map-n8n-node.js';
import type { N8nNode } from './map-n8n-node.js';
import { spread } from './spread.js';

type Clip = Pick<WorkflowDocument, 'wfaib' | 'nodes' | 'connections'> & {
  notes?: NonNullable<WorkflowDocument['notes']>;
};

export interface N8nImport {
  /** Name of the workflow; a bare list of nodes has none. */
  name?: string;
  clip: Clip;
  /** Names of the steps by how well they could be taken over; of those in part also what is left to do. */
  report: { mapped: string[]; partial: { name: string; todo: string }[]; unsupported: string[] };
}

type N8nEnds = { node?: string; index?: number }[] | null;

/** Steps of n8n in a text: a whole workflow, or a bare list of its nodes. `undefined` where it holds something else. */
export function readN8n(text: string): N8nImport | undefined {
  const value = parse(text);
  const source = Array.isArray(value) ? { nodes: value } : value;
  const {
    name,
    nodes,
    connections = {},
  } = (source ?? {}) as {
    name?: unknown;
    nodes?: unknown;
    connections?: Record<string, unknown>;
  };
  if (!Array.isArray(nodes) || nodes.length === 0 || !nodes.every(isN8nNode)) return undefined;
  const report: N8nImport['report'] = { mapped: [], partial: [], unsupported: [] };
  const outputs = new Map<string, readonly string[]>();
  const notes: NonNullable<Clip['notes']> = [];
  const steps: WorkflowNode[] = [];
  for (const node of nodes) {
    if (node.type.endsWith('.stickyNote')) {
      const { content, width, height } = node.parameters ?? {};
      const size: [number, number] = [Number(width) || 240, Number(height) || 160];
      notes.push({ id: node.name, text: String(content ?? ''), position: [...placeOf(node)], size });
      continue;
    }
    const { step, quality, todo, ports } = mapN8nNode(node);
    if (quality === 'partial') report.partial.push({ name: node.name, todo });
    else report[quality].push(node.name);
    outputs.set(node.name, onErrorOf(node) === 'errorOutput' ? [...ports, 'error'] : ports);
    steps.push({
      id: node.name,
      name: node.name,
      position: [...placeOf(node)],
      onError: onErrorOf(node),
      ...(node.disabled ? { disabled: true } : {}),
      ...(node.notes ? { notes: node.notes } : {}),
      ...step,
    });
  }
  const joins = new Set(steps.filter(({ type }) => type === 'core.merge').map(({ id }) => id));
  const clip: Clip = { wfaib: 1, nodes: steps, connections: [] };
  for (const [from, byType] of Object.entries(connections)) {
    const ways = (byType as { main?: N8nEnds[] } | null)?.main ?? [];
    ways.forEach((ends, index) => {
      for (const { node: to, index: input = 0 } of ends ?? []) {
        if (to === undefined || !outputs.has(from) || !outputs.has(to)) continue;
        const port = outputs.get(from)?.[index] ?? (index === 0 ? 'main' : `out${index + 1}`);
        clip.connections.push({
          from: { node: from, port },
          to: { node: to, port: joins.has(to) ? `in${input + 1}` : 'main' },
        });
      }
    });
  }
  if (notes.length > 0) clip.notes = notes;
  returnToLoops(steps, clip.connections);
  spread(clip);
  return { ...(typeof name === 'string' && name.trim() ? { name: name.trim().slice(0, 200) } : {}), clip, report };
}

function onErrorOf({ onError, continueOnFail }: N8nNode): WorkflowNode['onError'] {
  if (onError === 'continueErrorOutput') return 'errorOutput';
  return onError?.startsWith('continue') || continueOnFail ? 'continue' : 'stop';
}

const placeOf = ({ position }: N8nNode): [number, number] =>
  Array.isArray(position) ? [Number(position[0]) || 0, Number(position[1]) || 0] : [0, 0];

function isN8nNode(value: unknown): value is N8nNode {
  const node = value as Partial<N8nNode> | null;
  return (
    typeof node?.name === 'string' &&
    typeof node.type === 'string' &&
    /\.[A-Za-z]\w*$/.test(node.type) &&
    !/^(core|http)\./.test(node.type)
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
