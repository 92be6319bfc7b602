import { useReactFlow } from '@xyflow/react';
import type { Connection as FlowConnection, FinalConnectionState } from '@xyflow/react';
import { useRef } from 'react';
import { notify } from '../../../shared/components/toasts.js';
import { useEditorStore } from '../editor-store.js';
import { connect, disconnect, refusalOf } from '../graph/connect.js';
import { useCanvasActions } from './canvas-actions.js';
import type { StepEdge } from './flow-elements.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Drawing connections with the pointer, and drawing their ends somewhere else. */
export function useWiring() {
  const store = useEditorStore();
  const flow = useReactFlow();
  const { openPicker } = useCanvasActions();
  /** Set while the end of a connection is drawn somewhere else; then whether it landed. */
  const reconnecting = useRef<{ landed: boolean }>(undefined);
  const wanted = (connection: FlowConnection | StepEdge) => ({
    from: { node: connection.source, port: connection.sourceHandle ?? 'main' },
    to: { node: connection.target, port: connection.targetHandle ?? 'main' },
  });
  const refusal = (connection: FlowConnection | StepEdge) => {
    const { history, catalog } = store.getState();
    return refusalOf(history.document, catalog, wanted(connection));
  };
  return {
    isValid: (connection: FlowConnection | StepEdge) => refusal(connection) === undefined,
    onConnect: (connection: FlowConnection) =>
      store.getState().edit(t('editor.connect'), (draft) => connect(draft, wanted(connection))),
    onReconnectStart: () => {
      reconnecting.current = { landed: false };
    },
    onReconnect: (old: StepEdge, connection: FlowConnection) => {
      reconnecting.current = { landed: true };
      store.getState().edit(t('editor.connectElsewhere'), (draft) => {
        disconnect(draft, new Set([old.id]));
        connect(draft, wanted(connection));
      });
    },
    onReconnectEnd: (edge: StepEdge, { toHandle }: FinalConnectionState) => {
      const { landed = false } = reconnecting.current ?? {};
      reconnecting.current = undefined;
      // A port that may not be connected changes nothing; only letting go of it beside all ports does.
      if (landed || toHandle) return;
      store.getState().edit(t('editor.removeConnection'), (draft) => disconnect(draft, new Set([edge.id])));
    },
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromHandle, fromNode, toNode, toHandle } = state;
      if (state.isValid || !fromHandle || !fromNode) return;
      if (toNode && toHandle) {
        const [source, target] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
        const reason = refusal({
          source: source.nodeId,
          sourceHandle: source.id ?? 'main',
          target: target.nodeId,
          targetHandle: target.id ?? 'main',
        });
        if (reason) notify(reason);
        return;
      }
      if (toNode || fromHandle.type !== 'source' || reconnecting.current) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const at = { x: point.clientX, y: point.clientY };
      const { x, y } = flow.screenToFlowPosition(at);
      openPicker({
        placement: { kind: 'after', node: fromNode.id, port: fromHandle.id ?? 'main', position: [x, y - 28] },
        at,
      });
    },
  };
}
