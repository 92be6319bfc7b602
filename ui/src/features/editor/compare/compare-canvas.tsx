import '@xyflow/react/dist/style.css';
import { Background, BackgroundVariant, Handle, Position, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import type { Node, NodeProps } from '@xyflow/react';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { memo, useMemo } from 'react';
import { connectionKey } from '../graph/connect.js';
import type { DocumentChange } from '../graph/changes-between.js';
import { cardHeight, cardWidth } from '../graph/geometry.js';
import { t } from '../../../shared/i18n/i18n.js';
import { changeMarks, changeWord } from './change-marks.js';

type DiffNode = Node<{ name: string; kind: DocumentChange['kind'] | undefined; onShow(): void }, 'diff'>;

interface CompareCanvasProps {
  before: WorkflowDocument;
  after: WorkflowDocument;
  changes: readonly DocumentChange[];
  onShow(nodeId: string): void;
}

/** Both states drawn over each other: each changed step carries its sign, so that colour is not all that says it. */
export function CompareCanvas({ before, after, changes, onShow }: CompareCanvasProps) {
  const nodes = useMemo((): DiffNode[] => {
    const kinds = new Map(changes.map(({ nodeId, kind }) => [nodeId, kind]));
    const ids = new Set(after.nodes.map(({ id }) => id));
    return [...after.nodes, ...before.nodes.filter(({ id }) => !ids.has(id))].map(({ id, name, position }) => ({
      id,
      type: 'diff',
      position: { x: position?.[0] ?? 0, y: position?.[1] ?? 0 },
      width: cardWidth,
      height: cardHeight,
      domAttributes: { 'aria-roledescription': undefined },
      data: { name, kind: kinds.get(id), onShow: () => onShow(id) },
    }));
  }, [before, after, changes, onShow]);
  const edges = useMemo(() => {
    const old = new Set(before.connections.map(connectionKey));
    const fresh = new Set(after.connections.map(connectionKey));
    const names = new Map([...before.nodes, ...after.nodes].map(({ id, name }) => [id, name]));
    const gone = before.connections.filter((connection) => !fresh.has(connectionKey(connection)));
    return [...after.connections, ...gone].map((connection) => {
      const key = connectionKey(connection);
      const kind = !fresh.has(key) ? 'removed' : old.has(key) ? undefined : 'added';
      return {
        id: key,
        source: connection.from.node,
        target: connection.to.node,
        ariaLabel: t('editor.connection', {
          from: names.get(connection.from.node) ?? connection.from.node,
          to: names.get(connection.to.node) ?? connection.to.node,
        }),
        domAttributes: { 'aria-roledescription': t('editor.role.connection') },
        ...(kind ? { label: changeMarks[kind].sign } : {}),
        style: {
          stroke: kind === 'added' ? 'var(--ok)' : kind === 'removed' ? 'var(--failed)' : 'var(--line-strong)',
          strokeWidth: 1.75,
          ...(kind === 'removed' ? { strokeDasharray: '5 4' } : {}),
        },
      };
    });
  }, [before, after]);
  return (
    <ReactFlowProvider>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.2 }}
        minZoom={0.05}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        elementsSelectable={false}
        panOnScroll
        onlyRenderVisibleElements
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.2} color="var(--line-strong)" />
      </ReactFlow>
    </ReactFlowProvider>
  );
}

const DiffCard = memo(function DiffCard({ data: { name, kind, onShow } }: NodeProps<DiffNode>) {
  const mark = kind && changeMarks[kind];
  return (
    <button
      type="button"
      aria-label={kind ? `${name}, ${changeWord(kind)}` : name}
      onClick={onShow}
      className={`flex h-full w-full items-center gap-2 rounded-card border bg-surface px-3 text-left font-semibold ${mark ? mark.frame : 'border-line-strong/50 opacity-60'}`}
    >
      <Handle type="target" position={Position.Left} className="wf-undo-handle" />
      {mark && (
        <span aria-hidden className={`font-mono text-16 ${mark.look}`}>
          {mark.sign}
        </span>
      )}
      <span className={`truncate ${kind === 'removed' ? 'line-through' : ''}`}>{name}</span>
      <Handle type="source" position={Position.Right} className="wf-undo-handle" />
    </button>
  );
});

const nodeTypes = { diff: DiffCard };
