import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string | undefined;

/** Cruises a small tree with the project's own rules; answers the names of the rules it breaks. */
function brokenRules(files: Record<string, string>): string[] {
  folder = mkdtempSync(join(tmpdir(), 'wfaib-rules-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruise, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', '.'];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

afterEach(() => folder && rmSync(folder, { recursive: true, force: true }));

describe('the import rules', () => {
  it('hold where a room opens a door it may open', () => {
    expect(
      brokenRules({
        'server/src/runs/run-list.ts': "import { bus } from '../events/bus.service.js';\nexport const list = bus;\n",
        'server/src/events/bus.service.ts': 'export const bus = 1;\n',
      }),
    ).toEqual([]);
  });

  it('refuse a room that reaches upward', () => {
    expect(
      brokenRules({
        'server/src/runs/run-list.ts': "import { x } from '../engine/x.service.js';\nexport const list = x;\n",
        'server/src/engine/x.service.ts': 'export const x = 1;\n',
      }),
    ).toEqual(['room-runs']);
  });

  it('refuse a room that goes past a door', () => {
    expect(
      brokenRules({
        'server/src/runs/run-list.ts': "import { x } from '../events/secret.js';\nexport const list = x;\n",
        'server/src/events/secret.ts': 'export const x = 1;\n',
      }),
    ).toEqual(['room-runs']);
  });

  it('refuse Node in a pure room', () => {
    expect(
      brokenRules({
        'server/src/plan/x.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      }),
    ).toEqual(['pure-rooms']);
  });

  it('refuse Node in the code that Temporal replays', () => {
    expect(
      brokenRules({
        'server/src/engine/temporal/workflows/x.ts':
          "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      }),
    ).toEqual(['temporal-workflows']);
  });

  it('refuse a plugin that imports the server', () => {
    expect(
      brokenRules({
        'plugins/x/src/index.ts': "import { y } from '../../../server/src/runs/y.service.js';\nexport const x = y;\n",
        'server/src/runs/y.service.ts': 'export const y = 1;\n',
      }),
    ).toEqual(['plugins-see-the-sdk']);
  });

  it('refuse a cycle and an import that leads nowhere', () => {
    expect(
      brokenRules({
        'server/src/runs/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
        'server/src/runs/b.ts': "import { a } from './a.js';\nimport './gone.js';\nexport const b = () => a;\n",
      }),
    ).toEqual(['no-cycle', 'resolves']);
  });

  it('refuse a feature of the web UI that imports another', () => {
    expect(
      brokenRules({
        'ui/src/features/runs/x.ts': "import { y } from '../editor/y.js';\nexport const x = y;\n",
        'ui/src/features/editor/y.ts': 'export const y = 1;\n',
      }),
    ).toEqual(['ui-features-meet-in-app']);
  });
});
