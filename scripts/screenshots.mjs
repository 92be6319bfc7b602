// `node scripts/screenshots.mjs`: takes the pictures of docs/images anew, from an installation filled with examples.
// Needs Chromium (CHROMIUM_PATH, else /usr/bin/chromium) and what `npm test` needs.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { owner, startInstallation } from '../test/support/installation.ts';
import { ensureBuild } from './launcher/build.mjs';
import { root } from './launcher/paths.mjs';
import { say } from './launcher/say.mjs';
import { findTemporal } from './launcher/temporal.mjs';
import { fillWithExamples } from './screenshots/examples.mjs';

const folder = process.argv[2] ?? join(root, 'docs/images');
const size = { width: 1440, height: 900 };
const most = 400_000;

/** Pages that are shown as they open: name of the picture, address, and what is there when the page is. */
const pages = [
  ['home', '/', (page) => page.getByRole('heading', { name: 'Needs attention' })],
  ['workflows', '/workflows', (page) => page.getByRole('link', { name: 'GitHub triage', exact: true })],
  ['runs', '/runs', (page) => page.getByRole('row').nth(3)],
  ['approvals', '/approvals', (page) => page.getByText('Refund 43 EUR to Ines?')],
  ['schedules', '/schedules', (page) => page.getByText('Payment reminders')],
  ['credentials', '/credentials', (page) => page.getByText('Warehouse')],
  ['connectors', '/connectors', (page) => page.getByRole('article', { name: 'HTTP' })],
  ['templates', '/templates', (page) => page.getByRole('button', { name: 'Use Your first run' })],
  ['variables', '/variables', (page) => page.getByText('apiUrl')],
  ['health', '/settings/health', (page) => page.getByText('Last back-up')],
  ['settings', '/settings', (page) => page.getByRole('heading', { name: 'API keys' })],
  ['gallery', '/gallery', (page) => page.getByRole('heading', { name: 'Gallery' })],
];

await ensureBuild();
mkdirSync(folder, { recursive: true });
process.env.WFAIB_TEMPORAL_BIN ??= (await findTemporal()) ?? 'none';
const wfaib = await startInstallation();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const seeded = await fillWithExamples(wfaib);
  for (const theme of ['light', 'dark']) await takeAll(theme, seeded);
} finally {
  await browser.close();
  await wfaib.stop();
}

async function takeAll(theme, { triage, triageRun, failedRun }) {
  const context = await browser.newContext({
    baseURL: wfaib.url,
    viewport: size,
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await context.request.post('/api/session', { data: owner, headers: { origin: wfaib.url } });
  // The drawer is open, and leaves the canvas most of the room.
  await context.addInitScript(() => {
    localStorage.setItem('wfaib.drawer-open', 'true');
    localStorage.setItem('wfaib.drawer-height', '200');
  });
  const page = await context.newPage();
  const take = async (name) => {
    // Neither data nor pictures are under way any more.
    await page.waitForFunction(() => {
      const texts = [...document.querySelectorAll('main *')].filter(
        (node) => node.childElementCount === 0 && !node.closest('figure'),
      );
      return (
        !texts.some((node) => node.textContent === 'Loading…') && [...document.images].every((image) => image.complete)
      );
    });
    const file = join(folder, `${name}.png`);
    await page.screenshot({ path: file });
    const bytes = statSync(file).size;
    if (bytes > most) throw new Error(`${file} has ${bytes} bytes, more than ${most}.`);
    say(`${file} (${Math.round(bytes / 1000)} kB)`);
  };

  for (const [name, path, sign] of pages) {
    await page.goto(path);
    await sign(page).first().waitFor();
    await take(`${name}-${theme}`);
  }

  await page.goto(`/workflows/${triage}?run=${triageRun}`);
  await page.getByLabel('Score, Code, done').click();
  await page.getByLabel('Data of Score').getByText('1 item').waitFor();
  await page.getByRole('textbox', { name: /Code/ }).first().waitFor();
  await page.locator('[data-canvas]').press('1');
  await page.getByRole('row').nth(1).or(page.getByLabel('Data of Score').locator('pre')).first().waitFor();
  await take(`editor-${theme}`);
  if (theme === 'light') await take('editor');

  await page.goto(`/runs/${failedRun}`);
  await page.getByText('Failed at').waitFor();
  await page.getByText('answered').first().waitFor();
  await take(`run-${theme}`);
  await context.close();
}
