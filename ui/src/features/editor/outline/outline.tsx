import { useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { Plus } from 'lucide-react';
import { Button } from '../../../shared/components/button.js';
import { NodeIcon } from '../../../shared/components/node-icon.js';
import { StatusLabel } from '../../../shared/components/status.js';
import { isTyping } from '../../../shared/hooks/is-typing.js';
import { useStepProgress } from '../../../shared/runs/run-store.js';
import { useCanvasActions } from '../canvas/canvas-actions.js';
import { usePlacement } from '../canvas/use-placement.js';
import { isWatching, useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { outlineOf } from '../graph/outline.js';
import type { OutlineRow } from '../graph/outline.js';
import { summaryOf } from '../graph/summary.js';
import { problemsOfNode } from '../problems-by-node.js';
import { t } from '../../../shared/i18n/i18n.js';

/** The workflow as a list: everything the canvas can do, for eyes and hands that want lines rather than a picture. */
export function Outline() {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const rows = useMemo(() => outlineOf(document, catalog), [document, catalog]);
  const selected = useEditor((state) => state.selection.nodes);
  const { openPicker } = useCanvasActions();
  const watching = useEditor(isWatching);
  const placement = usePlacement();
  const tree = useRef<HTMLDivElement>(null);
  const focusRow = (id: string) =>
    requestAnimationFrame(() => tree.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus());
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex(({ id }) => id === selected.at(-1));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (!row) return;
    event.preventDefault();
    store.getState().select({ nodes: event.shiftKey ? [...new Set([...selected, row.id])] : [row.id] });
    focusRow(row.id);
  };
  return (
    <div
      data-canvas
      role="presentation"
      tabIndex={-1}
      className="thin-scroll h-full overflow-y-auto bg-canvas p-6 outline-none"
      onKeyDown={onKeyDown}
    >
      <div className="mx-auto max-w-3xl">
        <header className="mb-3 flex items-center gap-2">
          <h2 className="flex-1 text-16 font-semibold">{t('editor.outline')}</h2>
          <Button
            dense
            icon={<Plus size={14} />}
            title="N"
            disabled={watching}
            onClick={(event) => openPicker({ placement: placement(), at: { x: event.clientX, y: event.clientY } })}
          >
            {t('editor.addStep')}
          </Button>
          <Button dense title="O" onClick={() => store.getState().set({ view: 'canvas' })}>
            {t('editor.focus.back')}
          </Button>
        </header>
        {rows.length === 0 && <p className="py-8 text-center text-muted">{t('editor.outline.empty')}</p>}
        <div
          ref={tree}
          role="tree"
          aria-label={t('editor.section.Steps')}
          aria-multiselectable
          className="flex flex-col gap-1"
        >
          {rows.map((row, index) => (
            <Row
              key={row.id}
              row={row}
              selected={selected.includes(row.id)}
              tabbable={selected.length > 0 ? selected.at(-1) === row.id : index === 0}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Row({ row, selected, tabbable }: { row: OutlineRow; selected: boolean; tabbable: boolean }) {
  const store = useEditorStore();
  const node = useDocument().nodes.find(({ id }) => id === row.id);
  const descriptor = useEditor((state) => state.catalog.find(node?.type ?? ''));
  const problems = useEditor((state) => problemsOfNode(state.problems, row.id));
  const progress = useStepProgress(row.id);
  if (!node) return null;
  return (
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={selected}
      data-step={row.id}
      tabIndex={tabbable ? 0 : -1}
      style={{ marginInlineStart: row.depth * 28 }}
      className={`flex items-center gap-2.5 rounded-card border bg-surface px-3 py-2 outline-none focus-visible:ring-2 focus-visible:ring-accent ${selected ? 'border-accent' : 'border-line'}`}
      onKeyDown={(event) => {
        if (event.key !== ' ' || event.target !== event.currentTarget) return;
        event.preventDefault();
        const now = store.getState().selection.nodes;
        store.getState().select({ nodes: selected ? now.filter((id) => id !== row.id) : [...now, row.id] });
      }}
      onClick={(event) => {
        const { selection, select, set } = store.getState();
        if (event.ctrlKey || event.metaKey || event.shiftKey) select({ nodes: [...selection.nodes, row.id] });
        else {
          select({ nodes: [row.id] });
          set({ panelOpen: true });
        }
      }}
    >
      <NodeIcon icon={descriptor?.icon} size={17} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {row.through && <span className="mr-1.5 rounded bg-subtle px-1 text-12 text-muted">{row.through}</span>}
          <span className={node.disabled ? 'line-through opacity-60' : ''}>{node.name}</span>
        </span>
        <span className="block truncate text-12 text-muted">
          {[
            node.disabled ? t('editor.disabled') : summaryOf(node, descriptor),
            row.after.length > 0 ? t('editor.outline.after', { names: row.after.join(' and ') }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {problems.length > 0 && (
        <span className="text-12 text-waiting">{t('common.problems', { count: problems.length })}</span>
      )}
      {progress && (
        <span className="flex text-12">
          <StatusLabel status={progress.status} />
        </span>
      )}
    </div>
  );
}
