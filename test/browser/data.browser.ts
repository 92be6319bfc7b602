import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { boxOf, seen } from '../support/browser.js';
import { card, draftSaved } from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage();

/** Makes, publishes and runs a workflow once. Answers the ids of the workflow and the run. */
async function runOnce(document: object, wait = '20s'): Promise<{ workflowId: string; runId: string }> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', { wfaib: 1, ...document });
  const workflowId = body.id;
  expect(await wfaib.call('POST', `/api/workflows/${workflowId}/publish`, {})).toMatchObject({ status: 200 });
  const { body: run } = await wfaib.call<{ id: string }>('POST', `/api/runs?wait=${wait}`, { workflowId });
  return { workflowId, runId: run.id };
}

/** Makes nine numbers, keeps the odd ones on one branch, and runs it once. Answers the ids of the workflow and the run. */
function oddOnes(): Promise<{ workflowId: string; runId: string }> {
  const code = 'return Array.from({ length: 9 }, (_, n) => ({ n, text: `number ${n}` }));';
  return runOnce({
    name: 'Odd ones',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'm', name: 'Numbers', type: 'core.code', position: [280, 0], parameters: { code } },
      {
        id: 'i',
        name: 'Is odd',
        type: 'core.if',
        position: [560, 0],
        parameters: { condition: '={{ $json.n % 2 === 1 }}' },
      },
      { id: 'o', name: 'Odd', type: 'core.set', position: [860, -80], parameters: { fields: { odd: 'yes' } } },
      { id: 'e', name: 'Even', type: 'core.noop', position: [860, 80] },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'm' } },
      { from: { node: 'm' }, to: { node: 'i' } },
      { from: { node: 'i', port: 'true' }, to: { node: 'o' } },
      { from: { node: 'i', port: 'false' }, to: { node: 'e' } },
    ],
  });
}

const linkedRows = (page: Page) => page.getByRole('region', { name: 'Input' }).locator('[role=row][aria-current]');

it('shows beside each other which item of the input an item of the output was made from, by mouse and by keyboard', async () => {
  const { workflowId, runId } = await oddOnes();
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  await page.goto(`/workflows/${workflowId}?run=${runId}&step=i`);
  await card(page, 'Is odd').click();
  await page.keyboard.press('Control+Shift+F');
  const output = page.getByRole('region', { name: 'Output' });
  await output.getByRole('radio', { name: 'true 4' }).click();
  await output.getByRole('row').filter({ hasText: 'number 5' }).hover();
  await expect.poll(() => linkedRows(page).allTextContents()).toEqual([expect.stringContaining('number 5')]);
  await page.mouse.move(0, 0);
  await expect.poll(() => linkedRows(page).count()).toBe(0);

  await output.getByRole('button', { name: '0, from item 1 of Numbers' }).focus();
  await expect.poll(() => linkedRows(page).allTextContents()).toEqual([expect.stringContaining('number 1')]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => linkedRows(page).allTextContents()).toEqual([expect.stringContaining('number 3')]);
});

it('brings the input beside the output that is looked at alone in the drawer', async () => {
  const { workflowId, runId } = await oddOnes();
  const { page } = await browser.person();
  await page.goto(`/workflows/${workflowId}?run=${runId}&step=i`);
  await card(page, 'Is odd').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  const data = page.getByLabel('Data of Is odd');
  await data.getByRole('radio', { name: 'Output', exact: true }).click();
  await data.getByRole('radio', { name: 'true 4' }).click();
  await page.getByRole('button', { name: '2, from item 5 of Numbers' }).click();
  await expect.poll(() => linkedRows(page).allTextContents()).toEqual([expect.stringContaining('number 5')]);
});

it('says of items without fields that they are there, as a table, as JSON and as a list of fields', async () => {
  const { runId } = await runOnce({
    name: 'Empty ones',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual' },
      { id: 'e', name: 'Empty', type: 'core.code', parameters: { code: 'return [{}, {}];' } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'e' } }],
  });
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}?step=e`);
  const details = page.getByLabel('Details of Empty');
  await details.getByRole('radio', { name: 'JSON' }).click();
  await expect.poll(() => details.locator('pre').allTextContents()).toEqual(['{}', '{}']);
  for (const view of ['Table', 'Schema']) {
    await details.getByRole('radio', { name: view }).click();
    await seen(details.getByText('2 items without fields.'));
  }
});

it('pins the way out that is looked at, by button and by key, and says by which way its items leave in tests', async () => {
  const { workflowId, runId } = await oddOnes();
  const { page } = await browser.person();
  await page.goto(`/workflows/${workflowId}?run=${runId}&step=i`);
  await card(page, 'Is odd').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  const data = page.getByLabel('Data of Is odd');
  await data.getByRole('radio', { name: 'Output', exact: true }).click();
  const pinned = async () => {
    await draftSaved(page);
    const { body } = await wfaib.call<{ draft: { nodes: { id: string; pinned?: { json: { n: number } }[] }[] } }>(
      'GET',
      `/api/workflows/${workflowId}`,
    );
    return body.draft.nodes.find(({ id }) => id === 'i')?.pinned?.map(({ json }) => json.n);
  };
  await data.getByRole('radio', { name: 'false 5' }).click();
  await data.getByRole('button', { name: /^Pin: use this output/ }).click();
  await seen(data.getByText('In tests they leave by “true”.'));
  await expect.poll(pinned).toEqual([0, 2, 4, 6, 8]);
  await data.getByRole('button', { name: /^Unpin/ }).click();
  await expect.poll(pinned).toBeUndefined();
  expect(await data.getByRole('radio', { name: 'false 5' }).getAttribute('aria-checked')).toBe('true');
  await data.getByRole('radio', { name: 'true 4' }).click();
  await card(page, 'Is odd').focus();
  await page.keyboard.press('p');
  await expect.poll(pinned).toEqual([1, 3, 5, 7]);
});

it('leads on the page of a run from an item to the one it was made from, step by step', async () => {
  const { runId } = await oddOnes();
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}?step=o`);
  await page.getByLabel('Details of Odd').getByRole('button', { name: 'from item 2 of Is odd' }).click();
  const before = page.getByLabel('Details of Is odd');
  const marked = before.locator('[aria-current=true]');
  await expect.poll(() => marked.allTextContents()).toEqual([expect.stringContaining('number 5')]);
  await page.waitForURL(/item=2/);
  await before.getByRole('radio', { name: 'Table' }).click();
  await before.getByRole('button', { name: '2, from item 5 of Numbers' }).click();
  await seen(page.getByLabel('Details of Numbers').locator('[aria-current=true]').getByText('number 5'));
});

it('counts the items of each branch on the connections of a condition', async () => {
  const { workflowId, runId } = await oddOnes();
  const { page } = await browser.person();
  await page.goto(`/workflows/${workflowId}?run=${runId}`);
  const counts = page.locator('.react-flow__edgelabel-renderer');
  const yOf = async (count: string) => (await boxOf(counts.getByText(count, { exact: true }))).y;
  await seen(counts.getByText('4', { exact: true }));
  // The branch "true" is the upper one.
  expect(await yOf('4')).toBeLessThan(await yOf('5'));
  await seen(card(page, 'Is odd').getByText('· 9', { exact: true }));
});

it('says on its card and on the page of the run how many items of a step failed one by one', async () => {
  const { workflowId, runId } = await runOnce({
    name: 'Some fail',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      {
        id: 'm',
        name: 'Numbers',
        type: 'core.code',
        position: [280, 0],
        parameters: { code: 'return Array.from({ length: 10 }, (_, n) => ({ n }));' },
      },
      {
        id: 'h',
        name: 'Halve',
        type: 'core.code',
        position: [560, 0],
        onError: 'errorOutput',
        parameters: { mode: 'each', code: "if ($json.n % 3 === 0) throw new Error('no'); return $json;" },
      },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'm' } },
      { from: { node: 'm' }, to: { node: 'h' } },
    ],
  });
  const { page } = await browser.person();
  await page.goto(`/workflows/${workflowId}?run=${runId}`);
  await seen(card(page, 'Halve').getByText('4 items failed', { exact: true }));
  await page.goto(`/runs/${runId}`);
  await seen(page.getByRole('treeitem', { name: /^Halve, Done, 4 items failed/ }));
});

it('says what was left out where many items are copied or pinned, and keeps the heads of both sides within their room', async () => {
  const code = 'return Array.from({ length: 1200 }, (_, n) => ({ n }));';
  const { workflowId, runId } = await runOnce({
    name: 'Very many',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'm', name: 'Numbers', type: 'core.code', position: [280, 0], parameters: { code } },
      {
        id: 'i',
        name: 'Halves',
        type: 'core.if',
        position: [560, 0],
        parameters: { condition: '={{ $json.n < 1100 }}' },
      },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'm' } },
      { from: { node: 'm' }, to: { node: 'i' } },
    ],
  });
  const { page } = await browser.person({ viewport: { width: 1440, height: 900 } });
  await page.goto(`/workflows/${workflowId}?run=${runId}&step=i`);
  await card(page, 'Halves').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  const output = page.getByRole('region', { name: 'Output' });
  await seen(output.getByText('true 1,100'));
  const isWithin = () =>
    output
      .locator('header')
      .evaluate((head) => head.scrollWidth <= head.clientWidth && head.scrollHeight <= head.clientHeight);
  await expect.poll(isWithin).toBe(true);
  await output.getByRole('button', { name: 'Take the output along' }).click();
  await page.getByRole('menuitem', { name: 'Copy as JSON' }).click();
  await seen(page.getByText('Copied the first 1,000 of 1,100 items. The download has all of them.'));
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.keyboard.press('Control+Shift+F');
  await seen(page.getByRole('region', { name: /^Halves/ }).or(output));
  await expect.poll(isWithin).toBe(true);
  await output.getByRole('button', { name: 'Pin' }).first().click();
  await seen(page.getByText('Pinned the first 1,000 of 1,100 items.'));
});

it('holds ten thousand items of thirty fields without filling the page, to the last one, and searches all of them', async () => {
  const code =
    'return Array.from({ length: 10000 }, (_, n) => ' +
    'Object.fromEntries(Array.from({ length: 30 }, (_, field) => [`field${field}`, `row ${n} field ${field}`])));';
  const { runId } = await runOnce(
    {
      name: 'Many',
      nodes: [
        { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
        { id: 'm', name: 'Rows', type: 'core.code', position: [280, 0], parameters: { code } },
      ],
      connections: [{ from: { node: 's' }, to: { node: 'm' } }],
    },
    '60s',
  );
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}?step=m`);
  const details = page.getByLabel('Details of Rows');
  await details.getByRole('radio', { name: 'Table' }).click();
  await seen(details.getByText('row 0 field 0', { exact: true }));
  const elements = () => page.evaluate<number>('document.querySelectorAll("*").length');
  expect(await elements()).toBeLessThan(1_500);

  const table = details.getByRole('region', { name: 'Items as a table' });
  const last = details.getByText('row 9999 field 0', { exact: true });
  await expect
    .poll(
      async () => {
        await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return last.isVisible();
      },
      { timeout: 60_000, interval: 100 },
    )
    .toBe(true);
  await table.evaluate((element) => element.scrollTo(element.scrollWidth, element.scrollHeight));
  await seen(details.getByText('row 9999 field 29', { exact: true }));
  expect(await elements()).toBeLessThan(1_500);

  await details.getByLabel('Search items').fill('row 9876 field 29');
  await seen(details.getByText('row 9876 field 29', { exact: true }));
  await expect.poll(() => details.getByRole('row').count()).toBe(2);
});
