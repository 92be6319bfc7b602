import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode } from '../../../testing/documents.js';
import { createEditorStore, EditorProvider } from '../editor-store.js';
import { ReliabilityTab, retriesInWords } from './reliability-tab.js';

const words = (type: string, retry: object) => retriesInWords({ type, retry } as Parameters<typeof retriesInWords>[0]);

it('says how often and for how long a step is tried', () => {
  expect(words('http.request', { maxAttempts: 3 })).toMatch(/^Tries 3 times over about 3/);
  expect(words('http.request', { maxAttempts: 1 })).toBe('Tried once.');
});

it('says of code that what it throws is not tried again, unless it is asked to', () => {
  expect(words('core.code', { maxAttempts: 3 })).toContain('What the code itself throws is not tried again');
  expect(words('core.code', { maxAttempts: 3, on: ['code.failed'] })).not.toContain('throws');
  expect(words('http.request', { maxAttempts: 3 })).not.toContain('throws');
});

it('offers every other step to undo this one, and no trigger', () => {
  const document = aDocument([aNode('start', { type: 'core.manual' }), aNode('book'), aNode('cancel')]);
  const store = createEditorStore({ workflowId: 'w', catalog: aCatalog, document, revision: 1 });
  render(
    <EditorProvider value={store}>
      <ReliabilityTab node={document.nodes[1]!} descriptor={aCatalog.find('core.set')} />
    </EditorProvider>,
  );
  fireEvent.click(screen.getByRole('combobox', { name: /^Undone by/ }));
  const names = screen.getAllByRole('option').map(({ textContent }) => textContent);
  expect(names).toContain('CANCEL');
  expect(names).not.toContain('START');
  expect(names).not.toContain('BOOK');
});
