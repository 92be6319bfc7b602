import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { part } from './say.mjs';

const stamp = join(root, 'node_modules', '.wfaib-lock');

/** Installs the dependencies when they do not match the lock file. */
export async function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} node${process.versions.modules} ${process.platform}-${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await part('Installing dependencies', async () => {
    // What builds and tests is needed even where NODE_ENV is production.
    await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      sorry: 'The dependencies could not be installed. Check the network and the disk, then run `npm ci` to see more',
    });
    writeFileSync(stamp, wanted);
  });
}
