import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { change, startHistory, undo } from './history.js';
import { setOnError } from './set-on-error.js';

const set = aCatalog.find('core.set');

it('takes the connections of the error output away together with it, and brings both back at once', () => {
  const document = aDocument([aNode('a', { onError: 'errorOutput' }), aNode('b'), aNode('c')], 'a>b', 'a:error>c');
  const history = change(startHistory(document), (draft) => setOnError(draft, draft.nodes[0]!, set, 'stop'), {
    label: 'Edit',
    at: 0,
  });
  expect(history.document.nodes[0]?.onError).toBe('stop');
  expect(arrowsOf(history.document)).toEqual(arrowsOf(aDocument([aNode('a'), aNode('b')], 'a>b')));
  expect(undo(history).document).toEqual(document);
});

it('keeps the connections of an output that the step has anyway', () => {
  const document = aDocument([aNode('a', { onError: 'errorOutput' }), aNode('b')], 'a:error>b');
  const own = { ...set!, outputs: [{ name: 'main' }, { name: 'error' }] };
  setOnError(document, document.nodes[0]!, own, 'stop');
  expect(document.connections).toHaveLength(1);
});
