// prune.mjs APP: leaves in node_modules only what the server, the SDK and the plugins reach at run time, for this platform.
// npm keeps every optional peer that the lock file knows (test runners, bundlers, browsers' libraries); nothing here loads them.
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const app = process.argv[2];
const kept = new Set();
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const folders = (parent) => (existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : []);

function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === app || folder === dirname(folder)) return undefined;
  }
}

function keep(folder) {
  if (kept.has(folder)) return;
  kept.add(folder);
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = manifestOf(folder);
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const optional = new Set(Object.keys(optionalDependencies));
  for (const name of new Set([...Object.keys(dependencies), ...optional, ...peers])) {
    const found = find(name, folder);
    if (found) keep(found);
    else if (!optional.has(name) && !peers.includes(name))
      throw new Error(`${folder} needs ${name}, which is not installed`);
  }
}

/** Removes installed packages that nobody keeps; answers how many. */
function removeOthers(modules) {
  let removed = 0;
  for (const entry of folders(modules)) {
    if (entry.includes(`${sep}.`) || !existsSync(entry)) continue;
    const packages = relative(modules, entry).startsWith('@') ? folders(entry) : [entry];
    for (const folder of packages) {
      if (!kept.has(realpathSync(folder))) {
        rmSync(folder, { recursive: true });
        removed++;
      } else if (existsSync(join(folder, 'node_modules'))) removed += removeOthers(join(folder, 'node_modules'));
    }
  }
  return removed;
}

/** Files that no run reads: types, source maps, documents, and binaries of other platforms. */
const idle = /\.(d\.[cm]?ts|map|md|markdown|flow|tgz|tsbuildinfo)$|^(changelog|history|authors)(\..*)?$/i;

function removeIdleFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeIdleFiles(path);
    else if (idle.test(entry.name) && !/^licen[cs]e/i.test(entry.name)) rmSync(path);
  }
}

function keepOnly(folder, isWanted) {
  for (const path of folders(folder)) if (!isWanted(path)) rmSync(path, { recursive: true });
}

const roots = [join(app, 'server'), join(app, 'sdk'), ...folders(join(app, 'plugins'))].filter((path) =>
  statSync(path).isDirectory(),
);
for (const root of roots) keep(realpathSync(root));
// Temporal's bundler compiles workflows at build time only; here they come bundled. (webpack itself is loaded with the worker.)
for (const name of ['@swc/core']) kept.delete(find(name, app));
const modules = join(app, 'node_modules');
const removed = [modules, ...roots.map((root) => join(root, 'node_modules'))]
  .map(removeOthers)
  .reduce((sum, count) => sum + count, 0);
for (const name of readdirSync(modules))
  if (name.startsWith('@swc')) keepOnly(join(modules, name), (path) => !/core-/.test(path));
rmSync(join(modules, '.bin'), { recursive: true, force: true });
rmSync(join(modules, '.package-lock.json'), { force: true });
removeIdleFiles(modules);

const rust = { x64: 'x86_64', arm64: 'aarch64' }[process.arch];
keepOnly(join(modules, '@temporalio/core-bridge/releases'), (path) => path.endsWith(`${rust}-unknown-linux-gnu`));
keepOnly(join(modules, 'isolated-vm/prebuilds'), (path) => path.endsWith(`linux-${process.arch}`));
keepOnly(join(modules, 'swagger-ui-dist'), (path) =>
  /package\.json$|absolute-path\.js$|index\.js$|LICENSE$/.test(path),
);
for (const path of [
  'rxjs/src',
  'rxjs/dist/esm5',
  'rxjs/dist/bundles',
  'typeorm/browser',
  '@temporalio/core-bridge/sdk-core',
  'isolated-vm/src',
])
  rmSync(join(modules, path), { recursive: true, force: true });
console.log(`kept ${kept.size} packages, removed ${removed}`);
