import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { part } from './say.mjs';

const stamp = join(root, 'node_modules', '.wfaib-built');
const sources = ['sdk', 'server', 'ui', 'plugins', 'tsconfig.base.json', 'tsconfig.json', 'package-lock.json'];
const skipped = new Set(['node_modules', 'dist', '.wfaib']);

/** Builds when a source is newer than the last build. */
export async function ensureBuild() {
  if (existsSync(stamp) && existsSync(join(root, 'server/dist/main.js'))) {
    const built = statSync(stamp).mtimeMs;
    if (!sources.some((path) => hasNewer(join(root, path), built))) return;
  }
  const from = new Date();
  await part('Building', () =>
    run('npm', ['run', 'build'], { cwd: root, sorry: 'The build failed. Run `npm run build` to see all of it' }),
  );
  writeFileSync(stamp, '');
  // A file saved while the build ran is newer than the build.
  utimesSync(stamp, from, from);
}

function hasNewer(path, than) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return false;
  if (!info.isDirectory()) return info.mtimeMs > than;
  return readdirSync(path).some((name) => !skipped.has(name) && hasNewer(join(path, name), than));
}
