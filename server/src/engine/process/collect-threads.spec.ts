import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { collectThreads } from './collect-threads.js';

/** Leaves garbage behind that has outlived the young generation, so that nothing but a full collection takes it. */
const litter = `
  const { parentPort } = require('node:worker_threads');
  const kept = Array.from({ length: 1_000_000 }, (_, n) => ({ n, next: { n } }));
  kept.length = 0;
  parentPort.on('message', () => parentPort.postMessage('at work'));
  parentPort.postMessage('littered');
`;

it('collects the garbage of every thread, and each goes on', async () => {
  const threads = [1, 2].map(() => new Worker(litter, { eval: true }));
  try {
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    const usedMb = () =>
      Promise.all(threads.map(async (thread) => (await thread.getHeapStatistics()).used_heap_size / 1_000_000));
    const before = await usedMb();
    await collectThreads();
    const after = await usedMb();
    for (const [index, mb] of after.entries()) expect(mb).toBeLessThan(before[index]! / 2);
    for (const thread of threads) {
      thread.postMessage('');
      expect(await once(thread, 'message')).toEqual(['at work']);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
});
