import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { seen } from '../support/browser.js';
import { card } from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage();

/** Opens a step beside its input, an order that a test run has brought. Answers what tells its parameters as stored. */
async function opened(page: Page, type: string, parameters: object): Promise<() => Promise<unknown>> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: `Mapped into ${type}`,
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      {
        id: 'o',
        name: 'Order',
        type: 'core.code',
        position: [280, 0],
        parameters: { code: "return [{ name: 'Ana', order: { total: 7 } }];" },
      },
      { id: 't', name: 'Target', type, position: [560, 0], parameters },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'o' } },
      { from: { node: 'o' }, to: { node: 't' } },
    ],
  });
  await page.goto(`/workflows/${body.id}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel(/^Order, .*, done$/));
  await card(page, 'Target').click();
  await page.keyboard.press('Control+Shift+F');
  await seen(page.getByRole('region', { name: 'Input', exact: true }));
  return async () => {
    const { draft } = (
      await wfaib.call<{ draft: { nodes: { parameters?: unknown }[] } }>('GET', `/api/workflows/${body.id}`)
    ).body;
    return draft.nodes[2]!.parameters;
  };
}

it('takes a field of the data where it is dragged: from a head, a cell, JSON and the list of fields', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const stored = await opened(page, 'core.set', { fields: { head: '', cell: '', json: '', listed: '' } });
  const input = page.getByRole('region', { name: 'Input', exact: true });
  const value = (name: string) => page.getByLabel(`Fields, value of ${name}`, { exact: true });
  const shown = (text: string) => page.locator('output').filter({ hasText: text });

  await input.getByRole('radio', { name: 'Table' }).click();
  await input.getByRole('columnheader', { name: 'name' }).dragTo(value('head'));
  await expect.poll(() => shown('Ana').count()).toBe(1);
  await input.getByRole('cell', { name: 'Ana' }).dragTo(value('cell'));
  await expect.poll(() => shown('Ana').count()).toBe(2);
  await input.getByRole('radio', { name: 'JSON' }).click();
  await input.getByText('"total"').dragTo(value('json'));
  await expect.poll(() => shown('7').count()).toBe(1);
  await input.getByRole('radio', { name: 'Schema' }).click();
  await input.getByRole('listitem').filter({ hasText: 'total' }).dragTo(value('listed'));
  await expect.poll(stored).toEqual({
    fields: {
      head: '={{ $json.name }}',
      cell: '={{ $json.name }}',
      json: '={{ $json.order.total }}',
      listed: '={{ $json.order.total }}',
    },
  });
});

it('takes a field of the data by keyboard, behind the text that is there, and shows what comes of it', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const stored = await opened(page, 'core.stop', { message: 'For' });
  await page.getByRole('textbox', { name: /^Message/ }).focus();
  await page.keyboard.press('Control+Space');
  await seen(page.getByRole('dialog', { name: /Message/ }));
  await page.keyboard.type('total');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toEqual({ message: '=For {{ $json.order.total }}' });
  await seen(page.getByText('For 7', { exact: true }));
});

it('looks for data with what is typed right behind Ctrl+Space, in a field and beside the braces of an expression', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const stored = await opened(page, 'core.stop', { message: 'For' });
  const wanted = page.getByRole('dialog', { name: /Message/ }).getByRole('combobox');
  await page.getByRole('textbox', { name: /^Message/ }).focus();
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('total');
  await expect.poll(() => wanted.inputValue()).toBe('total');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toEqual({ message: '=For {{ $json.order.total }}' });

  await page.getByLabel('Message, expression', { exact: true }).click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('name');
  await expect.poll(() => wanted.inputValue()).toBe('name');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toEqual({ message: '=For {{ $json.order.total }} {{ $json.name }}' });
});

it('takes a field of the data into rows of names and values as into a field, behind what is there, and names the row', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const stored = await opened(page, 'core.set', { fields: { sum: 'For' } });
  const wanted = page.getByRole('dialog', { name: /^Data for Fields/ }).getByRole('combobox');
  await page.getByLabel('Fields, value of sum', { exact: true }).focus();
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('total');
  expect(await wanted.inputValue()).toBe('total');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toEqual({ fields: { sum: '=For {{ $json.order.total }}' } });

  await page.getByRole('button', { name: 'Add field' }).click();
  await page.getByLabel('Fields, value of 2', { exact: true }).focus();
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('name');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toEqual({ fields: { sum: '=For {{ $json.order.total }}', name: '={{ $json.name }}' } });
  await page.keyboard.type('!');
  await expect.poll(stored).toMatchObject({ fields: { name: '={{ $json.name }}!' } });

  const input = page.getByRole('region', { name: 'Input', exact: true });
  await input.getByRole('radio', { name: 'Table' }).click();
  await input
    .getByRole('cell', { name: 'Ana' })
    .dragTo(page.getByLabel('Fields, value of sum, expression', { exact: true }));
  await expect.poll(stored).toMatchObject({ fields: { sum: '=For {{ $json.order.total }} {{ $json.name }}' } });
});

it('completes inside the braces while one goes on typing: what is typed filters the list and stays', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const stored = await opened(page, 'core.stop', { message: '={{ }}' });
  await page.getByLabel('Message, expression', { exact: true }).click();
  await page.keyboard.press('Home');
  for (let times = 0; times < 3; times++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('$js');
  const offered = page.locator('.cm-tooltip-autocomplete li');
  await expect.poll(() => offered.allTextContents()).toEqual([expect.stringContaining('$json')]);
  await page.keyboard.press('Enter');
  await page.keyboard.type('.order.total * $run.id.length');
  await expect.poll(stored).toEqual({ message: '={{ $json.order.total * $run.id.length}}' });
});
