import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('./child/', import.meta.url));
let folder: string | undefined;

/** Folder with the child programs as plain JavaScript. */
export function childFolder(): string {
  folder ??= import.meta.url.endsWith('.ts') ? strippedCopy() : here;
  return folder;
}

// When the server runs from its sources, as the tests do, the child cannot: it has no WebAssembly to strip types with.
function strippedCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'wfaib-sandbox-'));
  for (const name of readdirSync(here).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))) {
    const text = stripTypeScriptTypes(readFileSync(join(here, name), 'utf8'), { mode: 'strip' });
    writeFileSync(join(copy, name.replace(/\.ts$/, '.js')), text);
  }
  writeFileSync(join(copy, 'package.json'), '{ "type": "module" }\n');
  return copy;
}

/** Folder of an installed package. */
export function packageFolder(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
}
