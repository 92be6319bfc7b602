import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { BenchScene, report, startLine, untilAtRest } from './bench-scene.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('start', () => {
  it('of a new installation, and of one that has been there', async () => {
    const first = await BenchScene.open();
    report('Start, once built', { which: 'first, empty folder', 'as the launcher says': startLine(first) });
    await untilAtRest();
    report('At rest, 15 s after the start', {
      ...first.memory(),
      packages: countPackages(join(root, 'node_modules')),
    });
    const second = await first.restart();
    report('Start, once built', { which: 'second', 'as the launcher says': startLine(second) });
    await second.close();
  });
});

function countPackages(folder: string): number {
  if (!existsSync(folder)) return 0;
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.name.startsWith('@')) count += countPackages(path);
    else count += 1 + countPackages(join(path, 'node_modules'));
  }
  return count;
}
