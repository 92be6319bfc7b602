import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { manySteps } from '../../scripts/bench-ui/documents.mjs';
import { boxOf, gone, seen } from '../support/browser.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage();

const canvas = (page: Page) => page.locator('[data-canvas]');
const steps = (page: Page) => page.locator('[data-step]');

/** Opens 500 steps and shows all of them, as blocks and all of their lines. */
async function openAll(page: Page): Promise<void> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', manySteps(500));
  await page.goto(`/workflows/${body.id}`);
  await seen(steps(page));
  await canvas(page).press('1');
  await expect.poll(() => steps(page).count()).toBe(500);
  await expect.poll(() => page.locator('.wf-far-lines path').count()).toBe(499);
  await expect.poll(() => page.locator('.react-flow__handle').count()).toBe(0);
  await boxOf(steps(page).first());
}

/** Which steps and lines were changed on the page while `work` went on. */
async function changedDuring(page: Page, work: () => Promise<void>): Promise<{ steps: string[]; lines: number }> {
  await page.evaluate(`{
    window.changed = new Set();
    new MutationObserver((changes) => changes.forEach(({ target }) => changed.add(target))).observe(
      document.querySelector('[data-canvas]'),
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  }`);
  await work();
  return page.evaluate(`{
    const elements = [...changed].map((node) => node instanceof Element ? node : node.parentElement);
    const ids = elements.map((element) => element.closest('.react-flow__node')?.getAttribute('data-id'));
    ({
      steps: [...new Set(ids)].filter((step) => typeof step === 'string'),
      lines: elements.filter((element) => element.closest('.wf-far-lines, .react-flow__edges')).length,
    })
  }`);
}

const hasFocus = (page: Page, name: string) =>
  page.evaluate<boolean>(`document.activeElement.getAttribute('aria-label') === ${JSON.stringify(name)}`);

it('changes no step while the canvas with all of them is moved', async () => {
  const { page } = await browser.person();
  await openAll(page);
  await page.mouse.move(720, 400);
  const before = await steps(page).first().boundingBox();
  const changed = await changedDuring(page, async () => {
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(8, 4);
    await expect.poll(async () => (await steps(page).first().boundingBox())!.x).toBeLessThan(before!.x - 20);
  });
  expect(changed).toEqual({ steps: [], lines: 0 });
});

it('changes one step and its lines while it is dragged among all of them', async () => {
  const { page } = await browser.person();
  await openAll(page);
  const dragged = page.locator('[data-step="n260"]');
  const { x, y, width, height } = await boxOf(dragged);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 10, y + height / 2 + 10);
  const changed = await changedDuring(page, async () => {
    for (let turn = 2; turn < 12; turn++) await page.mouse.move(x + width / 2 + 10 * turn, y + height / 2 + 10 * turn);
    await expect.poll(async () => (await dragged.boundingBox())!.x).toBeGreaterThan(x + 60);
  });
  await page.mouse.up();
  expect(changed).toEqual({ steps: ['n260'], lines: 2 });
});

it('keeps the focus, the names and the lines of steps that are too small to be read', async () => {
  const { page } = await browser.person();
  await openAll(page);
  await page.locator('[data-step="n260"]').click();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => hasFocus(page, 'Step 285, Set fields')).toBe(true);
  await page.keyboard.press('2');
  await seen(page.locator('.react-flow__handle'));
  await expect.poll(() => hasFocus(page, 'Step 285, Set fields')).toBe(true);
  const withoutLine = () =>
    page.evaluate(`{
    const lines = [...document.querySelectorAll('.react-flow__edge')].map((edge) => edge.dataset.id);
    [...document.querySelectorAll('[data-step]')]
      .map((step) => step.dataset.step)
      .filter((step) => !lines.some((label) => label.includes('"' + step + '"')))
  }`);
  await expect.poll(withoutLine).toEqual([]);
});

it('goes on by keyboard where the step with the focus went out of view', async () => {
  const { page } = await browser.person();
  await openAll(page);
  await page.locator('[data-step="n30"]').click();
  await canvas(page).press('0');
  await gone(page.locator('[data-step="n30"]'));
  await expect.poll(() => page.evaluate(`document.activeElement.hasAttribute('data-canvas')`)).toBe(true);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => hasFocus(page, 'Step 55, Set fields')).toBe(true);
});

it('moves the canvas to what is pressed on the map', async () => {
  const { page } = await browser.person();
  await openAll(page);
  await canvas(page).press('0');
  await expect.poll(() => page.locator('[data-step="n0"]').count()).toBe(0);
  const map = await boxOf(page.getByRole('img', { name: 'Map of the workflow' }));
  await page.mouse.click(map.x + 12, map.y + 40);
  await seen(page.locator('[data-step="n0"]'));
  await page.mouse.move(map.x + 12, map.y + 40);
  await page.mouse.down();
  await page.mouse.move(map.x + map.width - 12, map.y + map.height - 40, { steps: 4 });
  await page.mouse.up();
  await seen(page.locator('[data-step="n499"]'));
});
