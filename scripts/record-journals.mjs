// Records the journals of the conformance runs: node scripts/record-journals.mjs <version>. See test/journals/README.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { findTemporal } from './launcher/temporal.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
const version = process.argv[2];
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
  console.error('Say which version they are of: node scripts/record-journals.mjs 0.2.0');
  process.exit(2);
}
const folder = join(root, 'test', 'journals', version);
if (existsSync(folder)) {
  console.error(
    `${folder} is there already. Journals of a released version stay as they are; delete the folder of one that was not released.`,
  );
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'db',
    'server/src/engine/conformance/conformance.db.spec.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, WFAIB_TEMPORAL_BIN: (await findTemporal()) ?? 'none', WFAIB_RECORD_JOURNALS: folder },
  },
);
process.exit(status ?? 1);
