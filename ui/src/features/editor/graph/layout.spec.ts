import { expect, it } from 'vitest';
import { layOut } from './layout.js';

const size = { width: 208, height: 56, position: [0, 0] as [number, number] };

it('lays what follows a step from top to bottom in the order of its ways out, a loop too', () => {
  const places = layOut({
    nodes: ['loop', 'after', 'body'].map((id) => ({ id, ...size })),
    edges: [
      ['loop', 'body', 0],
      ['body', 'loop', 0],
      ['loop', 'after', 1],
    ],
  });
  const { loop, body, after } = places as Record<'loop' | 'body' | 'after', [number, number]>;
  expect(body[0]).toBe(after[0]);
  expect(body[0]).toBeGreaterThan(loop[0]);
  expect(body[1]).toBeLessThan(after[1]);
});
