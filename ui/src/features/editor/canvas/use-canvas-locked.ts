import { useIsSmall } from '../../../shared/hooks/use-is-small.js';
import { isWatching, useEditor } from '../editor-store.js';

/** Whether the canvas only shows: while somebody else edits, and on a phone, where a finger would move what it wants to see. */
export function useCanvasLocked(): boolean {
  const watching = useEditor(isWatching);
  return useIsSmall() || watching;
}
