import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { useEditorStore } from '../editor-store.js';
import type { Placement } from '../graph/add-node.js';
import { connectionKey } from '../graph/connect.js';
import { cardHeight, cardWidth } from '../graph/geometry.js';
import { outputPorts } from '../../../shared/steps/ports.js';

/** Where a step goes that is added by key or button: after the selected step, into the selected connection, else in the middle. */
export function usePlacement(): () => Placement {
  const store = useEditorStore();
  const flow = useReactFlow();
  const flowStore = useStoreApi();
  return useCallback(() => {
    const { history, selection, catalog } = store.getState();
    const connection = history.document.connections.find(
      (candidate) => connectionKey(candidate) === selection.connections[0],
    );
    if (connection && selection.nodes.length === 0) return { kind: 'between', connection };
    const selected = history.document.nodes.find((node) => node.id === selection.nodes.at(-1));
    if (selected) {
      const taken = new Set(
        history.document.connections.filter(({ from }) => from.node === selected.id).map(({ from }) => from.port),
      );
      const ports = outputPorts(selected, catalog.find(selected.type));
      const port = ports.find(({ name }) => !taken.has(name)) ?? ports[0];
      if (port) return { kind: 'after', node: selected.id, port: port.name };
    }
    const { width, height } = flowStore.getState();
    const { x, y, zoom } = flow.getViewport();
    const middle = [(width / 2 - x) / zoom - cardWidth / 2, (height / 2 - y) / zoom - cardHeight / 2] as const;
    return { kind: 'at', position: [Math.round(middle[0] / 8) * 8, Math.round(middle[1] / 8) * 8] };
  }, [store, flow, flowStore]);
}
