import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { root } from '../launcher/paths.mjs';

const dist = join(root, 'ui/dist');

/** What is downloaded, compressed, in kB; `test/browser/bundle.browser.ts` holds it to its limits. */
export async function downloads() {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const closure = (name, into = new Set()) => {
    const chunk = manifest[name];
    if (!chunk || into.has(name)) return into;
    into.add(name);
    chunk.imports?.forEach((part) => closure(part, into));
    return into;
  };
  const size = (names) =>
    [...names]
      .map((name) => manifest[name].file)
      .filter((file) => file.endsWith('.js'))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000;
  const shell = closure('index.html');
  const editor = closure('src/app/editor-route.tsx').difference(shell);
  const code = closure('src/shared/code/code-editor.tsx').difference(shell).difference(editor);
  const row = (measure, names, goal) => ({ measure, figure: `${size(names).toFixed(0)} kB`, goal: `${goal} kB` });
  return [
    row('download of the shell', shell, 190),
    row('download of the editor', editor, 130),
    row('download of the code editor', code, 170),
  ];
}
