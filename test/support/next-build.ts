import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const thisRoot = fileURLToPath(new URL('../../', import.meta.url));
const output = join(thisRoot, 'test/output');

export const thisVersion = versionIn(thisRoot);
export const nextVersion = `${thisVersion}-next`;

/** Two builds, and a folder with the launcher whose server can be exchanged while it runs, as an upgrade does. */
export interface Product {
  /** Folder of the launcher. */
  readonly root: string;
  /** Folder of the build that is newer than this one. */
  readonly next: string;
  /** Which build the launcher starts from now on. */
  use(build: 'this' | 'next'): void;
  remove(): void;
}

/** @throws Error where the sources no longer look as the changes of the next build expect */
export function makeProduct(): Product {
  mkdirSync(output, { recursive: true });
  // Within the checkout, so that both find its packages.
  const folder = mkdtempSync(join(output, 'product-'));
  const [root, next] = [join(folder, 'launched'), join(folder, 'next')];
  makeNextBuild(next);
  makeLauncher(root);
  const use: Product['use'] = (build) => {
    symlinkSync(join(build === 'next' ? next : thisRoot, 'server'), join(root, 'server.new'));
    renameSync(join(root, 'server.new'), join(root, 'server'));
  };
  use('this');
  return { root, next, use, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A product with this build and `count` connectors beside the server: those that come with it, and copies of one of them. */
export function makeProductWithConnectors(count: number): Pick<Product, 'root' | 'remove'> {
  mkdirSync(output, { recursive: true });
  const folder = mkdtempSync(join(output, 'product-'));
  const [root, build] = [join(folder, 'launched'), join(folder, 'build')];
  copyBuild(build);
  const plugins = join(build, 'plugins');
  for (let more = readdirSync(plugins).length; more < count; more++) {
    const copy = join(plugins, `rss${more}`);
    cpSync(join(plugins, 'rss'), copy, { recursive: true });
    change(join(copy, 'package.json'), '"id": "rss"', `"id": "rss${more}"`);
    change(join(copy, 'dist/index.js'), "id: 'rss'", `id: 'rss${more}'`);
  }
  makeLauncher(root);
  symlinkSync(join(build, 'server'), join(root, 'server'));
  return { root, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** All that the launcher looks at but the server. */
function makeLauncher(root: string): void {
  mkdirSync(root);
  cpSync(join(thisRoot, 'scripts'), join(root, 'scripts'), { recursive: true });
  const names = ['.wfaib', 'node_modules', 'package.json', 'package-lock.json', 'plugins', 'sdk', 'ui'];
  for (const name of [...names, 'tsconfig.json', 'tsconfig.base.json'])
    symlinkSync(join(thisRoot, name), join(root, name));
}

/** With the times of its files: the launcher builds what is newer than its build. */
function copyBuild(folder: string): void {
  for (const name of ['package.json', 'server/package.json', 'server/dist', 'ui/dist', 'plugins'])
    cpSync(join(thisRoot, name), join(folder, name), { recursive: true, preserveTimestamps: true });
}

/** This build with what a newer one has: a version, a migration, and another Temporal workflow behind a patch. */
function makeNextBuild(folder: string): void {
  copyBuild(folder);
  change(join(folder, 'server/package.json'), `"version": "${thisVersion}"`, `"version": "${nextVersion}"`);
  addMigration(join(folder, 'server/dist/database/migrations'));
  changeWorkflow(join(folder, 'server/dist/engine/temporal'));
}

/** Only adds: a column with a default to what is written all the time, a table, an index. */
function addMigration(folder: string): void {
  writeFileSync(
    join(folder, '9000000000000-add-next.js'),
    `export class AddNext9000000000000 {
  name = 'AddNext9000000000000';
  async up(db) {
    await db.query("ALTER TABLE run ADD COLUMN next_note text NOT NULL DEFAULT 'none'");
    await db.query('CREATE TABLE next_thing (run_id uuid PRIMARY KEY)');
    await db.query('CREATE INDEX run_next_note ON run (next_note)');
  }
}
`,
  );
  const list = join(folder, 'migration-list.js');
  change(list, 'export const migrations = [', 'export const migrations = [\n    ...more,');
  writeFileSync(
    list,
    `import { AddNext9000000000000 } from './9000000000000-add-next.js';\nconst more = [AddNext9000000000000];\n${readFileSync(list, 'utf8')}`,
  );
}

/** Its histories hold a marker and a timer that the workflow of this build does not write. */
function changeWorkflow(folder: string): void {
  const file = join(folder, 'workflows/automation.workflow.js');
  change(file, 'import { condition,', 'import { patched, condition,');
  change(
    file,
    'await scope.run(async () => {',
    "await scope.run(async () => {\n        if (patched('next')) await sleep(10);",
  );
  execFileSync(process.execPath, [join(folder, 'build-workflow-bundle.js')], { stdio: 'pipe' });
}

function change(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once.`);
  writeFileSync(file, text.replace(from, to));
}

function versionIn(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8')) as { version: string }).version;
}
