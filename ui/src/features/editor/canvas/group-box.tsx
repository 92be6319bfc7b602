import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import { useEditorStore } from '../editor-store.js';
import { editGroup } from '../graph/groups.js';
import type { GroupNode } from './extra-elements.js';
import { t } from '../../../shared/i18n/i18n.js';

/** The box around the steps of a group. Its title moves them. */
export const GroupBox = memo(function GroupBox({ data: { group }, selected }: NodeProps<GroupNode>) {
  return (
    <section
      aria-label={t('editor.group.label', { name: group.name })}
      className={`h-full w-full rounded-dialog border bg-subtle/40 ${selected ? 'border-accent' : 'border-line-strong/50'}`}
    >
      <Title group={group} />
    </section>
  );
});

/** A collapsed group. */
export const FoldedGroup = memo(function FoldedGroup({ data: { group }, selected }: NodeProps<GroupNode>) {
  return (
    <section
      aria-label={t('editor.group.collapsed', { name: group.name })}
      className={`flex h-full w-full flex-col justify-center rounded-card border bg-surface shadow-[3px_3px_0_var(--subtle),3px_3px_0_1px_var(--line)] ${selected ? 'border-accent ring-2 ring-accent/35' : 'border-line-strong/60'}`}
    >
      <Handle id="in" type="target" position={Position.Left} isConnectable={false} className="wf-handle" />
      <Title group={group} />
      <span className="px-3 text-12 leading-4 text-muted">{t('common.steps', { count: group.nodes.length })}</span>
      <Handle id="out" type="source" position={Position.Right} isConnectable={false} className="wf-handle" />
    </section>
  );
});

function Title({ group }: { group: GroupNode['data']['group'] }) {
  const store = useEditorStore();
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    const name = typed?.trim();
    if (name)
      store.getState().edit(t('editor.group.rename'), (draft) => editGroup(draft, group.id, (it) => (it.name = name)));
    setTyped(undefined);
  };
  const fold = () =>
    store.getState().edit(group.collapsed ? t('editor.group.expand') : t('editor.group.collapse'), (draft) =>
      editGroup(draft, group.id, (it) => {
        if (it.collapsed) delete it.collapsed;
        else it.collapsed = true;
      }),
    );
  return (
    <div className="wf-group-title flex h-7 cursor-grab items-center gap-1 px-2">
      <button
        type="button"
        aria-expanded={!group.collapsed}
        aria-label={`${group.collapsed ? t('editor.expand') : t('editor.collapse')} ${group.name}`}
        className="nodrag rounded p-0.5 text-muted hover:bg-subtle hover:text-ink"
        onClick={fold}
      >
        {group.collapsed ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
      </button>
      {typed === undefined ? (
        <button
          type="button"
          title={t('editor.group.hint')}
          className="truncate text-12 font-semibold text-muted"
          onClick={() => store.getState().select({ nodes: group.nodes })}
          onDoubleClick={() => setTyped(group.name)}
        >
          {group.name}
        </button>
      ) : (
        <input
          autoFocus
          aria-label={t('editor.group.name')}
          value={typed}
          className="nodrag min-w-0 flex-1 rounded bg-surface px-1 text-12 font-semibold"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') setTyped(undefined);
          }}
        />
      )}
    </div>
  );
}
