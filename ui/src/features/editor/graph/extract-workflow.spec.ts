import { expect, it } from 'vitest';
import { aCatalog, aDocument, aNode, arrowsOf } from '../../../testing/documents.js';
import { extractWorkflow, replaceByCall } from './extract-workflow.js';

const isTrigger = (type: string) => aCatalog.isTrigger(type);
const extract = (document: ReturnType<typeof aDocument>, ...ids: string[]) =>
  extractWorkflow(document, new Set(ids), 'Part', isTrigger);

it('makes a workflow that is called, and a step that calls it in their place', () => {
  const document = aDocument(
    [aNode('start', { type: 'core.manual' }), aNode('a'), aNode('b'), aNode('end')],
    'start>a',
    'a>b',
    'b>end',
  );
  const extracted = extract(document, 'a', 'b');
  if ('refusal' in extracted) throw new Error(extracted.refusal);
  expect(extracted.document.nodes.map(({ type }) => type)).toEqual([
    'core.called',
    'core.set',
    'core.set',
    'core.noop',
  ]);
  expect(arrowsOf(extracted.document)).toEqual(['called>a', 'a>b', 'b>result']);
  replaceByCall(document, extracted.seam, { id: 'call', workflowId: 'w1' });
  expect(arrowsOf(document)).toEqual(['start>call', 'call>end']);
  expect(document.nodes.at(-1)).toMatchObject({ type: 'core.call', parameters: { workflowId: 'w1' } });
});

it('goes on with the port that led out, and no other', () => {
  const document = aDocument(
    [aNode('a'), aNode('check', { type: 'core.if' }), aNode('end')],
    'a>check',
    'check:true>end',
  );
  const extracted = extract(document, 'check');
  if ('refusal' in extracted) throw new Error(extracted.refusal);
  expect(arrowsOf(extracted.document)).toEqual(['called>check', 'check:true>result']);
});

it.each([
  ['nothing is selected', aDocument([aNode('a')]), [], 'Select the steps'],
  ['a trigger is among them', aDocument([aNode('t', { type: 'core.manual' })]), ['t'], 'cannot leave'],
  ['it is entered in two places', aDocument([aNode('x'), aNode('a'), aNode('b')], 'x>a', 'x>b'), ['a', 'b'], 'entered'],
  [
    'it is left in two places',
    aDocument([aNode('a'), aNode('b'), aNode('x'), aNode('y')], 'a>b', 'a>x', 'b>y'),
    ['a', 'b'],
    'left in more than one place',
  ],
  [
    'a step would lose one it reads',
    aDocument([aNode('a'), aNode('b', { parameters: { v: `={{ $('A').first().json.id }}` } })], 'a>b'),
    ['b'],
    '“B” reads “A”',
  ],
])('refuses with a reason where %s', (_case, document, ids, reason) => {
  const extracted = extract(document, ...ids);
  expect('refusal' in extracted && extracted.refusal).toContain(reason);
});
