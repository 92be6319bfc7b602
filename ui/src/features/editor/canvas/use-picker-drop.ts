import { useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { newId } from '../../../shared/hooks/new-id.js';
import { useEditorStore } from '../editor-store.js';
import { addNode } from '../graph/add-node.js';
import { connectionKey } from '../graph/connect.js';
import { cardHeight, cardWidth } from '../graph/geometry.js';
import { connectionUnder } from '../graph/splice.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Kind of the data that is dragged from the picker: the type of a step. */
export const stepDragType = 'application/x-wfaib-step';

/** A step dragged out of the picker lands where it is let go: on the canvas, or inside a connection. */
export function usePickerDrop() {
  const store = useEditorStore();
  const flow = useReactFlow();
  const middleOf = (event: DragEvent): [number, number] => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [x, y];
  };
  const under = (event: DragEvent) => {
    const { history, catalog } = store.getState();
    return connectionUnder(history.document, catalog, middleOf(event));
  };
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(stepDragType)) return;
      event.preventDefault();
      const connection = under(event);
      const key = connection && connectionKey(connection);
      if (key !== store.getState().spliceTarget) store.getState().set({ spliceTarget: key });
    },
    onDrop: (event: DragEvent) => {
      const { catalog, edit, set, openStep } = store.getState();
      const descriptor = catalog.find(event.dataTransfer.getData(stepDragType));
      if (!descriptor) return;
      event.preventDefault();
      const connection = descriptor.isTrigger ? undefined : under(event);
      const [x, y] = middleOf(event);
      const position: [number, number] = [snap(x - cardWidth / 2), snap(y - cardHeight / 2)];
      const id = newId();
      set({ spliceTarget: undefined });
      edit(t('editor.addOf', { label: descriptor.label }), (draft) =>
        addNode(
          draft,
          descriptor,
          id,
          connection ? { kind: 'between', connection, position } : { kind: 'at', position },
        ),
      );
      openStep(id);
    },
  };
}

const snap = (value: number) => Math.round(value / 8) * 8;
