import { lazy, Suspense } from 'react';
import type { Autosave, SaveState } from './autosave.js';
import { EditingBanner } from './editing/editing-banner.js';
import { useEditing } from './editing/use-editing.js';
import { useEditor } from './editor-store.js';

const ConflictBanner = lazy(() => import('./banners.js').then((module) => ({ default: module.ConflictBanner })));
const RestoreBanner = lazy(() => import('./banners.js').then((module) => ({ default: module.RestoreBanner })));

/** One banner at a time: who edits or asks to, then what is to be decided, then what is left to restore. */
export function EditorBanner({ autosave, onState }: { autosave: Autosave; onState(state: SaveState): void }) {
  const ask = useEditing(autosave);
  const editing = useEditor((state) => state.editing);
  const conflicted = useEditor((state) => state.conflicted);
  const copy = useEditor((state) => state.copies[0]);
  if (editing && (!editing.mine || editing.asked)) return <EditingBanner editing={editing} ask={ask} />;
  return (
    <Suspense fallback={null}>
      {conflicted ? (
        <ConflictBanner autosave={autosave} onState={onState} />
      ) : (
        copy && <RestoreBanner copy={copy} autosave={autosave} />
      )}
    </Suspense>
  );
}
