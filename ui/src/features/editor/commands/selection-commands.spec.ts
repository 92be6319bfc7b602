import { expect, it } from 'vitest';
import { createEditorStore } from '../editor-store.js';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { selectionCommands } from './selection-commands.js';

const pasteInto = (name: string, nodes: ReturnType<typeof aNode>[] = []) => {
  const document = { ...aDocument(nodes), name };
  const store = createEditorStore({ workflowId: 'w', catalog: aCatalog, document, revision: 1 });
  selectionCommands(store).pasteClip({ wfaib: 1, nodes: [aNode('a')], connections: [] }, [0, 0], 'Orders');
  return store;
};

it('names an empty workflow without a name after what is pasted, and undo takes both back', () => {
  const store = pasteInto('Untitled workflow');
  expect(store.getState().history.document.name).toBe('Orders');
  store.getState().undo();
  expect(store.getState().history.document).toMatchObject({ name: 'Untitled workflow', nodes: [] });
});

it('leaves the name that a workflow has', () => {
  expect(pasteInto('Mine').getState().history.document.name).toBe('Mine');
  expect(pasteInto('Untitled workflow', [aNode('b')]).getState().history.document.name).toBe('Untitled workflow');
});
