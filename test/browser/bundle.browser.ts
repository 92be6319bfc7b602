import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Chunk {
  file: string;
  imports?: string[];
}

const dist = fileURLToPath(new URL('../../ui/dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;

/** What a page has loaded before it can show this module: the module and all that it imports. */
function closureOf(name: string, into = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || into.has(name)) return into;
  into.add(name);
  chunk.imports?.forEach((part) => closureOf(part, into));
  return into;
}

const kilobytes = (names: Iterable<string>): number =>
  [...names]
    .map((name) => manifest[name]?.file ?? '')
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(dist + file)).length, 0) / 1000;

const shell = closureOf('index.html');
const editor = closureOf('src/app/editor-route.tsx');
const code = [...closureOf('src/shared/code/code-editor.tsx'), ...closureOf('src/shared/code/expression-editor.tsx')];

/** In kilobytes, compressed. */
const limits = { shell: 190, editor: 130, code: 170 };

it('keeps what people download within its limits', () => {
  const beyond = (names: Iterable<string>, ...loaded: Set<string>[]) =>
    kilobytes(new Set([...names].filter((name) => !loaded.some((set) => set.has(name)))));
  const sizes = { shell: kilobytes(shell), editor: beyond(editor, shell), code: beyond(code, shell, editor) };
  const tooLarge = Object.entries(limits).filter(([part, limit]) => sizes[part as keyof typeof limits] > limit);
  expect({ tooLarge, sizes }).toEqual({ tooLarge: [], sizes });
});
