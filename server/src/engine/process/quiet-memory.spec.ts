import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLog } from '../../logging/logger.service.js';
import { QuietMemory } from './quiet-memory.service.js';

const rssMb = () => process.memoryUsage.rss() / 1_000_000;

/** Garbage that only a full collection takes: it was held for long. */
async function litter(): Promise<void> {
  const kept = Array.from({ length: 3_000_000 }, (_, n) => ({ n, next: { n } }));
  await setTimeout(1);
  kept.length = 0;
}

it('gives back what a busy time left behind, and not before that is over', async () => {
  const quiet = new QuietMemory(createLog('error'));
  await quiet.look();
  await litter();
  const grown = rssMb();
  await quiet.look();
  expect(rssMb()).toBeGreaterThan(grown - 50);
  // On a slow machine V8 itself may be at work a while longer.
  const afterLook = async () => {
    await setTimeout(1_000);
    await quiet.look();
    return rssMb();
  };
  await expect.poll(afterLook).toBeLessThan(grown - 100);
});
