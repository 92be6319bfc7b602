import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginLocation } from './child/child-protocol.types.js';

/** A plugin that is installed on this machine. */
export interface PluginPackage extends PluginLocation {
  packageName: string;
  folder: string;
  /** Comes with the product; such plugins share one child process. */
  isFirstParty: boolean;
  /** Changes with every file of the plugin, so that a rebuilt plugin is described again. */
  fingerprint: string;
}

interface PluginManifest {
  name: string;
  version: string;
  wfaib?: { id: string; entry: string };
  exports?: Record<string, Record<string, string>>;
}

/** Whether the product runs from its sources (tests) and not from its build. */
export const runsFromSource = import.meta.url.endsWith('.ts');

/** Finds the plugins beside the server (`plugins/*`) and those installed as `@wfaib/plugin-*`. */
export function findPlugins(root = productRoot()): PluginPackage[] {
  const firstParty = join(root, 'plugins');
  const scope = join(root, 'node_modules', '@wfaib');
  const folders = new Set([
    ...foldersIn(firstParty),
    ...foldersIn(scope).filter((folder) => /[\\/]plugin-[^\\/]+$/.test(folder)),
  ]);
  const real = new Set([...folders].map((folder) => realpathSync(folder)));
  return [...real].flatMap((folder) => readPlugin(folder, folder.startsWith(firstParty)) ?? []);
}

/** The folder that holds `server/` and `plugins/`. */
export function productRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'plugins')) && existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}

/** Reads a plugin's manifest without running any of its code; undefined for a folder that is no plugin. */
export function readPlugin(folder: string, isFirstParty: boolean): PluginPackage | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as PluginManifest;
  if (!manifest.wfaib) return undefined;
  const source = runsFromSource ? manifest.exports?.['.']?.['@wfaib/source'] : undefined;
  const entry = join(folder, source ?? manifest.wfaib.entry);
  if (!existsSync(entry)) return undefined;
  return {
    id: manifest.wfaib.id,
    version: manifest.version,
    entry,
    packageName: manifest.name,
    folder,
    isFirstParty,
    fingerprint: fingerprintOf(dirname(entry)),
  };
}

function foldersIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent).map((name) => join(parent, name));
}

function fingerprintOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const code = files.filter((name) => /\.(js|mjs|cjs|ts|json)$/.test(name) && !/\.(spec|d)\.ts$/.test(name));
  const hash = createHash('sha256');
  for (const name of code) {
    const path = join(folder, name);
    if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
  }
  return hash.digest('hex');
}
