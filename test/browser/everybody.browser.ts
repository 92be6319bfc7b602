import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { gone, seen } from '../support/browser.js';
import { addAfter, card, draftSaved, newWorkflow, pick } from '../support/editor-hands.js';
import { owner } from '../support/installation.js';
import { setStage } from '../support/stage.js';
import { outOfReach, tooSmallForAFinger } from '../support/page-checks.js';

const { wfaib, browser } = await setStage();
const paths = await fill();

/** Something to show on every page. Answers the addresses of all pages. */
async function fill(): Promise<string[]> {
  const { body: workflow } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'A workflow with a name that is rather long for a small screen',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'x', name: 'Stop', type: 'core.stop', position: [280, 0], parameters: { message: 'No '.repeat(60) } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'x' } }],
  });
  await wfaib.call('POST', `/api/workflows/${workflow.id}/publish`, {});
  const start = () =>
    wfaib.call<{ runId: string }>('POST', '/api/runs', { workflowId: workflow.id, input: { amount: 1 } });
  const [one, two] = [(await start()).body.runId, (await start()).body.runId];
  const nodes = [
    { id: 's', name: 'Start', type: 'core.manual' },
    { id: 'a', name: 'Ask', type: 'core.approval', parameters: { title: 'Shall we?' } },
  ];
  const connections = [{ from: { node: 's' }, to: { node: 'a' } }];
  await wfaib.call('POST', '/api/runs', { document: { wfaib: 1, name: 'Question', nodes, connections } });
  await wfaib.call('POST', '/api/variables', { name: 'address', value: 'https://example.test/'.repeat(8) });
  const approvals = () => wfaib.call<{ items: { id: string }[] }>('GET', '/api/approvals');
  const { id: question } = await vi.waitFor(
    async () => (await approvals()).body.items[0] ?? Promise.reject(new Error('Nobody was asked.')),
    { timeout: 60_000 },
  );
  return [
    '/',
    '/workflows',
    `/workflows/${workflow.id}`,
    '/runs',
    `/runs/${one}`,
    `/runs/${one}/compare/${two}`,
    '/approvals',
    `/approvals/${question}`,
    '/schedules',
    '/credentials',
    '/connectors',
    '/templates',
    '/variables',
    '/settings',
    '/settings/health',
    '/gallery',
  ];
}

const screens = {
  'a phone': { width: 390, height: 844 },
  'a window at 400 %': { width: 320, height: 640 },
  'a tablet': { width: 768, height: 1024 },
  'a window at 200 %': { width: 720, height: 450 },
};

it('leaves nothing out of reach on a phone, on a tablet, at 200 and at 400 %', async () => {
  const { page } = await browser.person({ hasTouch: true });
  for (const path of paths) {
    await page.goto(path);
    await seen(page.locator('h1, [data-canvas]'));
    for (const [screen, size] of Object.entries(screens)) {
      await page.setViewportSize(size);
      await expect.poll(async () => [path, screen, await outOfReach(page)]).toEqual([path, screen, []]);
    }
  }
});

it('gives a finger 44 px for what is done on a phone in lists, runs and approvals, and 24 px for all else', async () => {
  const { page } = await browser.person({ hasTouch: true, isMobile: true, viewport: screens['a phone'] });
  const [, workflows, , runs, run, , approvals, approval] = paths;
  const views = ['steps', 'graph', 'visits', 'logs', 'history', 'durability'].map((view) => `${run}?view=${view}`);
  for (const path of [paths[0]!, workflows!, runs!, ...views, approvals!, approval!]) {
    await page.goto(path);
    await seen(page.locator('h1'));
    await gone(page.getByRole('status').filter({ hasText: 'Loading' }));
    await expect.poll(async () => [path, await tooSmallForAFinger(page)]).toEqual([path, []]);
  }
});

const moving = (page: Page) =>
  page.evaluate<number>(
    `document.getAnimations().filter(({ effect }) => effect.getComputedTiming().activeDuration > 100).length`,
  );

it('moves nothing where people asked for less motion', async () => {
  const { page: lively } = await browser.person({ reducedMotion: 'no-preference' });
  await lively.goto('/gallery');
  await seen(lively.locator('.wf-pulse'));
  expect(await moving(lively)).toBeGreaterThan(0);
  const { page } = await browser.person({ reducedMotion: 'reduce' });
  for (const path of ['/gallery', paths[2]!, paths[4]!]) {
    await page.goto(path);
    await seen(page.locator('h1, [data-canvas]'));
    expect([path, await moving(page)]).toEqual([path, 0]);
  }
});

it('signs in, builds, copies and runs at a plain HTTP address of the local network', async () => {
  const { page } = await browser.person({
    signedIn: false,
    baseURL: `http://wfaib.test:${new URL(wfaib.url).port}`,
  });
  await page.goto('/workflows');
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('button', { name: 'New workflow' }));
  const absent = `[isSecureContext, typeof crypto.randomUUID, typeof crypto.subtle, typeof navigator.clipboard].join()`;
  expect(await page.evaluate(absent)).toBe('false,undefined,undefined,undefined');
  await newWorkflow(page);
  await page.getByRole('button', { name: 'Choose a trigger' }).click();
  await pick(page, 'Manual start');
  await addAfter(page, 'Manual start', 'Set fields');
  await card(page, 'Set fields').click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await seen(card(page, 'Set fields 2'));
  await draftSaved(page);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('Set fields, Set fields, done'));
  await page.getByRole('link', { name: 'Open run' }).click();
  await page.getByRole('button', { name: 'Copy item 0' }).click();
  await page.getByRole('searchbox').or(page.getByLabel('Search')).first().click();
  await page.keyboard.press('Control+v');
  await expect.poll(() => page.evaluate(`document.activeElement.value`)).toContain('{');
});
