import type { KeyboardEvent } from 'react';
import { isTyping } from '../../../shared/hooks/is-typing.js';
import { useEditorStore } from '../editor-store.js';
import { downstreamOf } from '../graph/add-node.js';
import { neighbourOf, upstreamOf } from '../graph/neighbours.js';
import type { Direction } from '../graph/neighbours.js';
import { runOrder } from '../graph/run-order.js';
import { t } from '../../../shared/i18n/i18n.js';

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Keys that make sense only while the canvas has the focus: walking and nudging. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const store = useEditorStore();

  const walk = (direction: Direction) => {
    const { history, selection, select } = store.getState();
    const current = selection.nodes.at(-1);
    const next = current ? neighbourOf(history.document, current, direction) : runOrder(history.document)[0];
    if (next) select({ nodes: [next] });
  };
  const selectAlong = (direction: Direction) => {
    const { history, selection, select } = store.getState();
    const along = selection.nodes.flatMap((id) =>
      direction === 'left' ? upstreamOf(history.document, id) : [...downstreamOf(history.document, id)],
    );
    select({ nodes: [...new Set([...selection.nodes, ...along])] });
  };
  const nudge = (direction: Direction) => {
    const { selection, edit } = store.getState();
    const [dx, dy] = { left: [-16, 0], right: [16, 0], up: [0, -16], down: [0, 16] }[direction] as [number, number];
    const moved = new Set(selection.nodes);
    edit(
      t('editor.move'),
      (draft) => {
        for (const node of draft.nodes) {
          if (moved.has(node.id)) node.position = [(node.position?.[0] ?? 0) + dx, (node.position?.[1] ?? 0) + dy];
        }
      },
      'nudge',
    );
  };
  return (event) => {
    if (isTyping(event.nativeEvent)) return;
    const direction = directions[event.key];
    if (direction && !event.ctrlKey && !event.metaKey) {
      if (event.altKey) nudge(direction);
      else if (event.shiftKey && (direction === 'left' || direction === 'right')) selectAlong(direction);
      else walk(direction);
      event.preventDefault();
    }
  };
}
