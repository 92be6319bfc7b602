import { renderHook } from '@testing-library/react';
import { ReactFlowProvider } from '@xyflow/react';
import type { MouseEvent } from 'react';
import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { createEditorStore, EditorProvider } from '../editor-store.js';
import { FlowElements } from './flow-elements.js';
import { useCanvasHandlers } from './use-canvas-handlers.js';

function canvasWith(document = aDocument([aNode('a'), aNode('b'), aNode('c')])) {
  const store = createEditorStore({ workflowId: 'w', catalog: aCatalog, document, revision: 1 });
  const { result } = renderHook(
    () => useCanvasHandlers({ container: { current: null }, viewportName: 'v', onMove: () => undefined }),
    {
      wrapper: ({ children }) => (
        <ReactFlowProvider>
          <EditorProvider value={store}>{children}</EditorProvider>
        </ReactFlowProvider>
      ),
    },
  );
  const elements = new FlowElements(aCatalog).nodesOf(document, new Set(), new Map());
  const click = (id: string, keys: Partial<MouseEvent> = {}) =>
    result.current.onNodeClick(
      { shiftKey: false, ctrlKey: false, metaKey: false, ...keys } as MouseEvent,
      elements.find((element) => element.id === id)!,
    );
  return { store, click };
}

it('selects the one of several selected steps that is clicked', () => {
  const { store, click } = canvasWith();
  store.getState().select({ nodes: ['a', 'b', 'c'] });
  click('b');
  expect(store.getState()).toMatchObject({ selection: { nodes: ['b'] }, panelOpen: true });
});

it('keeps the others selected where a key adds to the selection', () => {
  const { store, click } = canvasWith();
  store.getState().select({ nodes: ['a', 'b'] });
  click('b', { shiftKey: true });
  expect(store.getState()).toMatchObject({ selection: { nodes: ['a', 'b'] }, panelOpen: false });
});
