import type { Connection } from '@wfaib/sdk/workflow-document';
import type { EditorStore } from '../editor-store.js';
import { cardWidth, heightFor } from '../graph/geometry.js';
import { moveTo } from '../graph/move-to.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';
import type { LayoutReply, LayoutRequest } from '../graph/layout.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Lays the steps out from left to right, the selected ones or all; one step of undo. Works off the main thread. */
export async function tidyUp(store: EditorStore): Promise<void> {
  const { history, selection, catalog } = store.getState();
  const chosen = new Set(selection.nodes.length > 1 ? selection.nodes : history.document.nodes.map((node) => node.id));
  const nodes = history.document.nodes.filter((node) => chosen.has(node.id));
  if (nodes.length === 0) return;
  const ports = new Map(
    nodes.map((node) => {
      const descriptor = catalog.find(node.type);
      return [node.id, { inputs: inputPorts(node, descriptor), outputs: outputPorts(node, descriptor) }] as const;
    }),
  );
  const placeOf = ({ node, port }: Connection['from']) =>
    ports.get(node)?.outputs.findIndex(({ name }) => name === port) ?? -1;
  const places = await layout({
    nodes: nodes.map(({ id, position = [0, 0] }) => {
      const { inputs, outputs } = ports.get(id)!;
      return { id, width: cardWidth, height: heightFor(inputs.length, outputs.length), position };
    }),
    edges: history.document.connections
      .filter(({ from, to }) => chosen.has(from.node) && chosen.has(to.node))
      .map(({ from, to }) => [from.node, to.node, placeOf(from)]),
  });
  store.getState().edit(t('editor.tidyUp'), (draft) => moveTo(draft, places));
}

function layout(request: LayoutRequest): Promise<LayoutReply> {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<LayoutReply>((resolve, reject) => {
    worker.onmessage = (message: MessageEvent<LayoutReply>) => resolve(message.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
