import { NodeResizer } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { isWatching, useEditor, useEditorStore } from '../editor-store.js';
import { useCanvasLocked } from './use-canvas-locked.js';
import { editNote, noteColors } from '../graph/notes.js';
import type { NoteNode } from './extra-elements.js';
import { NoteText } from './note-text.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Words on the canvas. Double click, or Enter, writes in it. */
export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  const store = useEditorStore();
  const watching = useCanvasLocked();
  const editing = useEditor((state) => state.editingNote === note.id && !isWatching(state));
  const change = (label: string, recipe: Parameters<typeof editNote>[2], coalesce?: string) =>
    store.getState().edit(label, (draft) => editNote(draft, note.id, recipe), coalesce);
  const color = note.color && (noteColors as readonly string[]).includes(note.color) ? note.color : noteColors[0];
  return (
    <section
      aria-label={t('editor.note.label', { text: note.text.slice(0, 80) || 'empty' })}
      data-note={note.id}
      tabIndex={0}
      className={`wf-note wf-note-${color} h-full w-full overflow-hidden rounded-card border text-13 ${selected ? 'border-accent' : 'border-transparent'}`}
      onDoubleClick={() => store.getState().set({ editingNote: note.id })}
      onKeyDown={(event) => {
        if (editing || event.key !== 'Enter') return;
        event.preventDefault();
        event.stopPropagation();
        store.getState().set({ editingNote: note.id });
      }}
      onFocus={() => !editing && store.getState().select({ notes: [note.id] })}
    >
      <NodeResizer
        isVisible={selected && !watching}
        minWidth={120}
        minHeight={48}
        onResizeEnd={(_event, { x, y, width, height }) =>
          change(t('editor.note.resize'), (it) => {
            it.position = [Math.round(x), Math.round(y)];
            it.size = [Math.round(width), Math.round(height)];
          })
        }
      />
      {editing ? (
        <textarea
          autoFocus
          aria-label={t('editor.note.text')}
          placeholder={t('editor.note.placeholder')}
          value={note.text}
          className="nodrag nopan nowheel h-full w-full resize-none bg-transparent p-3 outline-none"
          onChange={(event) => change(t('editor.note.edit'), (it) => (it.text = event.target.value), `note.${note.id}`)}
          onBlur={() => store.getState().set({ editingNote: undefined })}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('[data-note]')?.focus();
          }}
        />
      ) : (
        <div className="h-full overflow-hidden p-3">
          {note.text === '' ? (
            <span className="text-muted">{t('editor.note.empty')}</span>
          ) : (
            <NoteText text={note.text} />
          )}
        </div>
      )}
      {selected && !editing && !watching && (
        <div role="group" aria-label={t('editor.note.colour')} className="nodrag absolute top-1.5 right-1.5 flex gap-1">
          {noteColors.map((name) => (
            <button
              key={name}
              type="button"
              aria-label={name}
              aria-pressed={name === color}
              className={`wf-note wf-note-${name} size-6 rounded-full border ${name === color ? 'border-ink' : 'border-line-strong'}`}
              onClick={() => change(t('editor.note.recolour'), (it) => (it.color = name))}
            />
          ))}
        </div>
      )}
    </section>
  );
});
