import { manyItems, manySteps } from './documents.mjs';
import { drawn, motion, ms, spread } from './frames.mjs';
import { downloads } from './downloads.mjs';
import { fakeRun } from './fake-run.mjs';

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function created(wfaib, document) {
  const { status, body } = await wfaib.call('POST', '/api/workflows', document);
  if (status !== 201) throw new Error(`The document was answered with ${status}: ${JSON.stringify(body)}`);
  return body.id;
}

/** Each measure answers rows of the table. */
export const measures = { open, bare, pan, events, scroll, typing, heap, downloads };

/** From the start of the navigation until the steps stand on the canvas, in a fresh tab. */
async function open({ wfaib, context }) {
  const id = await created(wfaib, manySteps(500));
  const times = [];
  for (let round = 0; round < 3; round++) {
    const page = await context.newPage();
    await page.goto(`/workflows/${id}`, { waitUntil: 'commit' });
    await page.locator('[data-step]').first().waitFor();
    await drawn(page);
    times.push(await page.evaluate(() => performance.now()));
    await page.close();
  }
  const [best, ...others] = times.toSorted((one, other) => one - other);
  return [{ measure: '500 steps ready', figure: `${ms(best)} (others ${others.map(ms).join(', ')})`, goal: '2000 ms' }];
}

/** The canvas is moved with the wheel, then a step with the pointer, then zoomed: with few and with all steps in sight. */
async function pan({ wfaib, page }) {
  await page.goto(`/workflows/${await created(wfaib, manySteps(500))}`);
  await page.locator('[data-step]').first().waitFor();
  const canvas = page.locator('[data-canvas]');
  const rows = [];
  for (const [key, what, goal] of [
    ['0', 'at 100 %', 17],
    ['1', 'all 500 in sight', 34],
  ]) {
    await canvas.press(key);
    const shown = await settledCount(page.locator('[data-step]'));
    const row = (name, measured) =>
      rows.push({ measure: `${name}, ${what} (${shown} drawn)`, goal: `p95 ${goal} ms`, ...measured });
    row('pan', await motion(page, 90, () => wheel(page, 90)));
    const card = await page
      .locator('[data-step]')
      .nth(Math.min(20, shown - 1))
      .boundingBox();
    const drag = async () => {
      await page.mouse.move(card.x + card.width / 2, card.y + card.height / 2);
      await page.mouse.down();
      for (let step = 0; step < 60; step++) await page.mouse.move(card.x + step * 3, card.y + step * 2);
      await page.mouse.up();
    };
    row('drag', await motion(page, 60, drag));
    row('zoom out and in', { ...(await motion(page, 40, () => zoom(page, 40))), goal: 'p95 34 ms' });
  }
  return rows;
}

/** How many there are, once their number stays the same: coming nearer takes a moment, and longer on a busy machine. */
async function settledCount(locator) {
  let before = -1;
  for (;;) {
    await pause(600);
    const now = await locator.count();
    if (now === before) return now;
    before = now;
  }
}

/** To the lower right and back. */
async function wheel(page, turns) {
  await page.mouse.move(700, 400);
  for (let turn = 0; turn < turns; turn++)
    await page.mouse.wheel(turn < turns / 2 ? 12 : -12, turn < turns / 2 ? 6 : -6);
}

/** As far out as it goes and in again: on the way all 500 steps come into sight. */
async function zoom(page, turns) {
  await page.mouse.move(700, 400);
  await page.keyboard.down('Control');
  for (let turn = 0; turn < turns; turn++) await page.mouse.wheel(0, turn < turns / 2 ? 10 : -10);
  await page.keyboard.up('Control');
}

/** What this machine gives at best: 500 boxes and nothing else, moved as one. Other figures are read beside it. */
async function bare({ page }) {
  await page.setContent(`<body style="margin:0;overflow:hidden"><div id="all"></div><script>
    for (let n = 0; n < 500; n++) all.insertAdjacentHTML('beforeend', '<div style="position:absolute;width:42px;' +
      'height:12px;border:1px solid #888;background:#fff;left:' + (Math.floor(n / 25) * 60) + 'px;top:' +
      ((n % 25) * 21) + 'px"></div>');
    let [x, y] = [100, 100];
    addEventListener('wheel', (event) => {
      x -= event.deltaX / 2; y -= event.deltaY / 2;
      all.style.transform = 'translate(' + x + 'px,' + y + 'px)';
    });
  </script>`);
  const measured = await motion(page, 90, () => wheel(page, 90));
  return [{ measure: 'pan of 500 bare boxes', goal: 'to compare', ...measured }];
}

/** 500 changes of status a second for 5 s, on 500 steps. */
async function events({ wfaib, context, page }) {
  const id = await created(wfaib, manySteps(500));
  await fakeRun(context, { runId: '0197aaaa-0000-7000-8000-000000000000', steps: 500, perSecond: 500, seconds: 5 });
  await page.goto(`/workflows/${id}?run=0197aaaa-0000-7000-8000-000000000000`);
  await page.locator('[data-step]').first().waitFor();
  await pause(500);
  const measured = await motion(page, 2_500, async () => {
    await page.evaluate(() => window.benchEvents());
    await pause(5_200);
  });
  return [{ measure: '500 status events/s', goal: 'no frame over 100 ms', ...measured }];
}

/** A table of 10,000 items of 30 fields, moved with the wheel. */
async function scroll({ wfaib, page }) {
  const document = manyItems(10_000, 30);
  const { body: run } = await wfaib.call('POST', '/api/runs?wait=60s', { document });
  await page.goto(`/runs/${run.id}?step=many&side=output`);
  await page.getByRole('radio', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: 'Items as a table' });
  await table.waitFor();
  await pause(500);
  const box = await table.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const measured = await motion(page, 150, async () => {
    for (let step = 0; step < 150; step++) await page.mouse.wheel(0, 120);
  });
  const elements = await table.evaluate((node) => node.querySelectorAll('*').length);
  return [
    { measure: 'scroll 10,000 items x 30 fields', goal: 'p95 34 ms', ...measured },
    { measure: 'elements of that table', figure: elements, goal: 'below 1500' },
  ];
}

/** A key in a field while the step has 2 MB of data: from the key to the next picture. */
async function typing({ wfaib, page }) {
  const document = manyItems(2_000, 30);
  document.nodes.push({
    id: 'set',
    name: 'Last',
    type: 'core.set',
    position: [560, 0],
    parameters: { fields: { a: 'x' } },
  });
  document.connections.push({ from: { node: 'many' }, to: { node: 'set' } });
  const id = await created(wfaib, document);
  const { body: run } = await wfaib.call('POST', '/api/runs?wait=60s', {
    workflowId: id,
    version: 'draft',
    mode: 'test',
  });
  await page.goto(`/workflows/${id}?run=${run.id}`);
  await page.locator('[data-step]').filter({ hasText: 'Last' }).click();
  await page.getByRole('button', { name: 'Show data' }).click();
  await page.getByLabel('Fields, value of a', { exact: true }).click();
  await page.evaluate(() => {
    window.benchKeys = [];
    window.addEventListener(
      'keydown',
      () => {
        const from = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.benchKeys.push(performance.now() - from)));
      },
      true,
    );
  });
  await page.keyboard.type('a text that somebody types into it', { delay: 40 });
  await pause(200);
  const keys = (await page.evaluate(() => window.benchKeys)).sort((one, other) => one - other);
  return [{ measure: 'key to picture, 2 MB of input', figure: spread(keys), goal: '50 ms' }];
}

/** The editor of 100 steps is opened and left 100 times within one page. */
async function heap({ wfaib, context, page }) {
  const cycles = Number(process.env.BENCH_CYCLES ?? 100);
  await created(wfaib, { ...manySteps(100), name: 'Opened often' });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { megabytes: (usedSize / 1e6).toFixed(1), nodes: of.Nodes, listeners: of.JSEventListeners };
  };
  await page.goto('/workflows');
  const link = page.getByRole('link', { name: 'Opened often', exact: true });
  let early = await used();
  for (let cycle = 0; cycle < cycles; cycle++) {
    await link.click();
    await page.locator('[data-step]').first().waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click();
    await link.waitFor();
    if (cycle === 9) early = await used();
  }
  const late = await used();
  const grown = (name, unit = '') => `${early[name]}${unit} after 10, ${late[name]}${unit} after ${cycles}`;
  return [
    // Some of it is code that the browser compiles better the more often it runs; what leaks shows in the other two.
    { measure: 'heap of open and close', figure: grown('megabytes', ' MB'), goal: 'flat' },
    { measure: 'elements of open and close', figure: grown('nodes'), goal: 'flat' },
    { measure: 'listeners of open and close', figure: grown('listeners'), goal: 'flat' },
  ];
}
