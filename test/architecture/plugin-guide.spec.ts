import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guide = readFileSync(join(root, 'docs/plugin-guide.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'wfaib-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [connector, test] = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

it(
  'the connector of the plugin guide compiles, its misspelt twin does not, and its test passes',
  { timeout: 120_000 },
  () => {
    mkdirSync(join(folder, 'src'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as object;
    writeFileSync(join(folder, 'tsconfig.base.json'), JSON.stringify(base));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: { noEmit: true, composite: false, rootDir: '/' },
        include: ['src'],
      }),
    );
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'src/index.ts'), connector!);
    writeFileSync(join(folder, 'src/index.spec.ts'), test!);
    writeFileSync(
      join(folder, 'vitest.config.mjs'),
      "export default { resolve: { conditions: ['@wfaib/source'] }, ssr: { resolve: { conditions: ['@wfaib/source', 'node', 'default'] } } };",
    );
    const tool = (path: string, ...args: string[]) =>
      execFileSync(process.execPath, [join(root, 'node_modules', path), ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    tool('typescript/bin/tsc', '-p', '.');
    expect(tool('vitest/vitest.mjs', 'run')).toContain('1 passed');
    writeFileSync(join(folder, 'src/index.ts'), connector!.replace('email: input.email', 'email: input.emial'));
    expect(() => tool('typescript/bin/tsc', '-p', '.')).toThrow(/Command failed/);
  },
);
