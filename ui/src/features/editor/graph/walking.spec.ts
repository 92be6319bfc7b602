import { expect, it } from 'vitest';
import { aDocument, aNode } from '../../../testing/documents.js';
import { neighbourOf, upstreamOf } from './neighbours.js';
import { runOrder } from './run-order.js';

const document = aDocument(
  [
    aNode('down', { position: [280, 100] }),
    aNode('up', { position: [280, -100] }),
    aNode('start', { position: [0, 0], type: 'core.if' }),
    aNode('end', { position: [560, -100] }),
  ],
  'start:true>up',
  'start:false>down',
  'up>end',
);

it('goes to the step before, after and beside', () => {
  expect(neighbourOf(document, 'end', 'left')).toBe('up');
  expect(neighbourOf(document, 'up', 'right')).toBe('end');
  expect(neighbourOf(document, 'up', 'down')).toBe('down');
  expect(neighbourOf(document, 'down', 'up')).toBe('up');
  expect(neighbourOf(document, 'start', 'left')).toBeUndefined();
});

it('lists steps in the order of a run, upper branches first', () => {
  expect(runOrder(document)).toEqual(['start', 'up', 'end', 'down']);
});

it('finds all earlier steps, nearest first, also in a loop', () => {
  expect(upstreamOf(document, 'end')).toEqual(['up', 'start']);
  const loop = aDocument([aNode('l'), aNode('b')], 'l:loop>b', 'b>l:next');
  expect(upstreamOf(loop, 'b')).toEqual(['l']);
});
