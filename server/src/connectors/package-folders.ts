import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface PackageJson {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/**
 * Folders of a package and of everything it depends on, as Node would find them. Both the path under `node_modules` and the
 * place a workspace link points at are listed.
 */
export function packageFolders(folder: string, found = new Set<string>()): Set<string> {
  const real = realpathSync(folder);
  found.add(folder);
  if (found.has(real) && folder !== real) return found;
  found.add(real);
  const manifest = JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as PackageJson;
  const names = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  for (const name of Object.keys(names)) {
    const dependency = findPackage(name, real);
    if (dependency !== undefined && !found.has(dependency)) packageFolders(dependency, found);
  }
  return found;
}

/** The folder of a package, seen from `from` upwards; undefined where it is not installed. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
