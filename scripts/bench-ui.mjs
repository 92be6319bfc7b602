// `npm run bench:ui`: measures the web interface as it is built, in Chromium without a graphics card, and prints a table.
// `npm run bench:ui -- pan scroll` measures only these. Nothing here passes or fails; the goals stand beside the figures.
// `cpu` is processor time for each move of the wheel or pointer, or each event: it does not depend on what else runs here.
// Needs Chromium (CHROMIUM_PATH, else /usr/bin/chromium) and what `npm test` needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './launcher/build.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';
import { root } from './launcher/paths.mjs';
import { say } from './launcher/say.mjs';
import { findTemporal } from './launcher/temporal.mjs';

await ensureNode(fileURLToPath(import.meta.url), process.argv.slice(2));
await ensureBuild();
process.env.WFAIB_TEMPORAL_BIN ??= (await findTemporal()) ?? 'none';

// Only now: the tests' own helpers are TypeScript, which an older Node does not read.
const { chromium } = await import('playwright-core');
const { owner, startInstallation } = await import('../test/support/installation.ts');
const { measures } = await import('./bench-ui/measures.mjs');

const chosen = process.argv.slice(2);
const rows = [];
const wfaib = await startInstallation();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--js-flags=--expose-gc'],
});
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    say(`… ${name}`);
    const context = await browser.newContext({ baseURL: wfaib.url, viewport: { width: 1440, height: 900 } });
    await context.request.post('/api/session', { data: owner, headers: { origin: wfaib.url } });
    for (const row of await measure({ wfaib, context, page: await context.newPage() }))
      rows.push({ ...row, load: loadavg()[0].toFixed(1) });
    await context.close();
  }
} finally {
  await browser.close();
  await wfaib.stop();
}
print(rows);

function print(lines) {
  const head = ['measure', 'figure', 'goal', 'cpu', 'load'];
  const widths = head.map((name) => Math.max(name.length, ...lines.map((line) => String(line[name] ?? '').length)));
  const text = (cells) => `| ${cells.map((cell, index) => String(cell).padEnd(widths[index])).join(' | ')} |`;
  say('');
  for (const cells of [
    head,
    widths.map((width) => '-'.repeat(width)),
    ...lines.map((line) => head.map((name) => line[name] ?? '')),
  ])
    say(text(cells));
  mkdirSync(join(root, 'test/output'), { recursive: true });
  const file = join(root, 'test/output/bench-ui.json');
  writeFileSync(file, `${JSON.stringify({ measuredAt: new Date().toISOString(), rows: lines }, undefined, 2)}\n`);
  say(`\nThe same as JSON: ${file}`);
}
