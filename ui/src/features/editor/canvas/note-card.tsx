import { NodeResizer } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useEditor, useEditorStore } from '../editor-store.js';
import { editNote, noteColors } from '../graph/notes.js';
import type { NoteNode } from './extra-elements.js';
import { NoteText } from './note-text.js';

/** Words on the canvas. Double click, or Enter, writes in it. */
export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteNode>) {
  const store = useEditorStore();
  const editing = useEditor((state) => state.editingNote === note.id);
  const change = (label: string, recipe: Parameters<typeof editNote>[2], coalesce?: string) =>
    store.getState().edit(label, (draft) => editNote(draft, note.id, recipe), coalesce);
  const color = note.color && (noteColors as readonly string[]).includes(note.color) ? note.color : noteColors[0];
  return (
    <section
      aria-label={`Note: ${note.text.slice(0, 80) || 'empty'}`}
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
        isVisible={selected}
        minWidth={120}
        minHeight={48}
        onResizeEnd={(_event, { x, y, width, height }) =>
          change('Resize note', (it) => {
            it.position = [Math.round(x), Math.round(y)];
            it.size = [Math.round(width), Math.round(height)];
          })
        }
      />
      {editing ? (
        <textarea
          autoFocus
          aria-label="Text of the note"
          placeholder="What should people know here? **Bold**, # headings, - lists and [links](https://…) work."
          value={note.text}
          className="nodrag nopan nowheel h-full w-full resize-none bg-transparent p-3 outline-none"
          onChange={(event) => change('Edit note', (it) => (it.text = event.target.value), `note.${note.id}`)}
          onBlur={() => store.getState().set({ editingNote: undefined })}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('[data-note]')?.focus();
          }}
        />
      ) : (
        <div className="h-full overflow-hidden p-3">
          {note.text === '' ? <span className="text-muted">Empty note</span> : <NoteText text={note.text} />}
        </div>
      )}
      {selected && !editing && (
        <div role="group" aria-label="Colour" className="nodrag absolute top-1.5 right-1.5 flex gap-1">
          {noteColors.map((name) => (
            <button
              key={name}
              type="button"
              aria-label={name}
              aria-pressed={name === color}
              className={`wf-note wf-note-${name} size-6 rounded-full border ${name === color ? 'border-ink' : 'border-line-strong'}`}
              onClick={() => change('Colour note', (it) => (it.color = name))}
            />
          ))}
        </div>
      )}
    </section>
  );
});
