import { manyItems, manySteps } from './documents.mjs';
import { drawn, framesDuring, ms, spread } from './frames.mjs';
import { downloads } from './downloads.mjs';
import { fakeRun } from './fake-run.mjs';

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function created(wfaib, document) {
  const { status, body } = await wfaib.call('POST', '/api/workflows', document);
  if (status !== 201) throw new Error(`The document was answered with ${status}: ${JSON.stringify(body)}`);
  return body.id;
}

/** Each measure answers rows of the table. */
export const measures = { open, pan, events, scroll, typing, heap, downloads };

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

/** The canvas is moved with the wheel, then a step with the pointer: with few and with all steps in sight. */
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
    await pause(600);
    const shown = await page.locator('[data-step]').count();
    const wheel = await framesDuring(page, async () => {
      await page.mouse.move(700, 400);
      for (let step = 0; step < 90; step++) await page.mouse.wheel(step < 45 ? 12 : -12, step < 45 ? 6 : -6);
    });
    const card = await page
      .locator('[data-step]')
      .nth(Math.min(20, shown - 1))
      .boundingBox();
    const drag = await framesDuring(page, async () => {
      await page.mouse.move(card.x + card.width / 2, card.y + card.height / 2);
      await page.mouse.down();
      for (let step = 0; step < 60; step++) await page.mouse.move(card.x + step * 3, card.y + step * 2);
      await page.mouse.up();
    });
    rows.push({ measure: `pan, ${what} (${shown} drawn)`, figure: spread(wheel), goal: `p95 ${goal} ms` });
    rows.push({ measure: `drag, ${what} (${shown} drawn)`, figure: spread(drag), goal: `p95 ${goal} ms` });
  }
  return rows;
}

/** 500 changes of status a second for 5 s, on 500 steps. */
async function events({ wfaib, context, page }) {
  const id = await created(wfaib, manySteps(500));
  await fakeRun(context, { runId: '0197aaaa-0000-7000-8000-000000000000', steps: 500, perSecond: 500, seconds: 5 });
  await page.goto(`/workflows/${id}?run=0197aaaa-0000-7000-8000-000000000000`);
  await page.locator('[data-step]').first().waitFor();
  await pause(500);
  const frames = await framesDuring(page, async () => {
    await page.evaluate(() => window.benchEvents());
    await pause(5_200);
  });
  return [{ measure: '500 status events/s', figure: spread(frames), goal: 'no frame over 100 ms' }];
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
  const frames = await framesDuring(page, async () => {
    for (let step = 0; step < 150; step++) await page.mouse.wheel(0, 120);
  });
  const elements = await table.evaluate((node) => node.querySelectorAll('*').length);
  return [
    { measure: 'scroll 10,000 items x 30 fields', figure: spread(frames), goal: 'p95 34 ms' },
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
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  await page.goto('/workflows');
  const link = page.getByRole('link', { name: 'Opened often', exact: true });
  let early = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    await link.click();
    await page.locator('[data-step]').first().waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click();
    await link.waitFor();
    if (cycle === 9) early = await used();
  }
  const late = await used();
  const figure = `${early.toFixed(1)} MB after 10, ${late.toFixed(1)} MB after ${cycles}`;
  return [{ measure: 'heap of open and close', figure, goal: 'flat' }];
}
