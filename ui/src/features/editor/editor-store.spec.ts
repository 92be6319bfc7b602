import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../testing/documents.js';
import { selectionCommands } from './commands/selection-commands.js';
import { createEditorStore } from './editor-store.js';

const aStore = () =>
  createEditorStore({
    workflowId: 'w',
    catalog: aCatalog,
    document: aDocument([aNode('a'), aNode('b', { position: [280, 0] })], 'a>b'),
    revision: 1,
  });

it('brings a deleted step back with its connections in one undo', () => {
  const store = aStore();
  const before = store.getState().history.document;
  store.getState().select({ nodes: ['b'] });
  selectionCommands(store).remove();
  expect(store.getState().history.document.nodes).toHaveLength(1);
  store.getState().undo();
  expect(store.getState().history.document).toEqual(before);
});

it('drops steps from the selection that undo takes away', () => {
  const store = aStore();
  store.getState().select({ nodes: ['a'] });
  selectionCommands(store).duplicate();
  expect(store.getState().selection.nodes).toHaveLength(1);
  store.getState().undo();
  expect(store.getState().selection.nodes).toEqual([]);
});

it('does not make selecting a part of the history', () => {
  const store = aStore();
  store.getState().select({ nodes: ['a', 'b'] });
  store.getState().openStep('a', 'parameters.x');
  expect(store.getState().history.past).toEqual([]);
});

it('disables all selected steps, and enables them when all are disabled', () => {
  const store = aStore();
  const commands = selectionCommands(store);
  commands.selectAll();
  commands.toggleDisabled();
  expect(store.getState().history.document.nodes.map((node) => node.disabled)).toEqual([true, true]);
  commands.toggleDisabled();
  expect(store.getState().history.document.nodes.map((node) => node.disabled)).toEqual([undefined, undefined]);
});

it('closes what was opened last first, and lets go of the selection only then', () => {
  const store = aStore();
  store.getState().openStep('a');
  store.getState().set({ problemsOpen: true, layer: 'find' });
  const isOpen = () => {
    const { layer, problemsOpen, panelOpen, selection } = store.getState();
    return [layer, problemsOpen, panelOpen, selection.nodes.length > 0];
  };
  const seen = [1, 2, 3, 4].map(() => {
    store.getState().closeInnermost();
    return isOpen();
  });
  expect(seen).toEqual([
    [undefined, true, true, true],
    [undefined, false, true, true],
    [undefined, false, false, true],
    [undefined, false, false, false],
  ]);
});

it('looks at the data of another step from its first item and its first way out', () => {
  const store = aStore();
  store.getState().openStep('a');
  store.getState().set({ looked: { visit: 1, port: 'error' }, sampleIndex: 3 });
  store.getState().openStep('a');
  expect(store.getState()).toMatchObject({ looked: { visit: 1, port: 'error' }, sampleIndex: 3 });
  store.getState().select({ nodes: ['b'] });
  expect(store.getState()).toMatchObject({ looked: {}, sampleIndex: 0 });
});
