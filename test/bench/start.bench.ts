import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { BenchScene, report, startLine } from './bench-scene.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const settleMs = 15_000;

describe('start', () => {
  it('of a new installation, and of one that has been there', async () => {
    const first = await BenchScene.open();
    const { dataDir } = first.wfaib;
    report('Start, once built', { which: 'first, empty folder', 'as the launcher says': startLine(first) });
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const { all, postgres, temporal } = first.usage();
    report('At rest, 15 s after the start', {
      'memory, all': all.rssMb,
      'of it PostgreSQL': postgres.rssMb,
      'of it Temporal': temporal.rssMb,
      packages: countPackages(join(root, 'node_modules')),
    });
    await first.wfaib.stop({ keepData: true });
    const second = await BenchScene.open({ dataDir });
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
