import { expect, it } from 'vitest';
import { forEachOf } from './bulk.js';

it('goes on after a failure and says what could not be done', async () => {
  const seen: number[] = [];
  const end = await forEachOf(
    ['a', 'b', 'c'],
    (name) => `run ${name}`,
    (name) => (name === 'b' ? Promise.reject(new Error('It has ended.')) : Promise.resolve()),
    ({ done }) => seen.push(done),
  );
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(end).toEqual({ done: 3, total: 3, failures: [{ name: 'run b', message: 'It has ended.' }] });
});
