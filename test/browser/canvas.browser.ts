import { expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { boxOf, gone, seen } from '../support/browser.js';
import { addAfter, card, connectTo, copied, panel, paste } from '../support/editor-hands.js';
import { expectAccessible } from '../support/page-checks.js';
import { setStage } from '../support/stage.js';

interface Node {
  id: string;
  name: string;
  type: string;
  position?: [number, number];
  parameters?: Record<string, unknown>;
  pinned?: unknown;
}

interface Document {
  nodes: Node[];
  connections: { from: { node: string; port?: string }; to: { node: string } }[];
  notes?: { id: string; text: string; position?: [number, number]; size?: [number, number] }[];
}

const { wfaib, browser } = await setStage();

const create = async (name: string, document: Document): Promise<string> =>
  (await wfaib.call<{ id: string }>('POST', '/api/workflows', { wfaib: 1, name, ...document })).body.id;
const documentOf = async (id: string) =>
  (await wfaib.call<{ draft: Document }>('GET', `/api/workflows/${id}`)).body.draft;
const settled = (id: string) => expect.poll(() => documentOf(id));

const orders: Document = {
  nodes: [
    { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
    {
      id: 'a',
      name: 'Order',
      type: 'core.set',
      position: [280, 0],
      parameters: { fields: { total: 7 } },
      pinned: [{ json: { total: 5 } }],
    },
    {
      id: 'b',
      name: 'Mail',
      type: 'core.set',
      position: [560, 0],
      parameters: {
        fields: { text: "={{ $('Order').first().json.total }}", again: '={{ $("Order").item.json.total }}' },
      },
    },
  ],
  connections: [
    { from: { node: 's' }, to: { node: 'a' } },
    { from: { node: 'a' }, to: { node: 'b' } },
  ],
};

const middleOf = async (locator: Locator) => {
  const { x, y, width, height } = await boxOf(locator);
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
};
const isSelected = (step: Locator) => expect.poll(() => step.getAttribute('class')).toContain('border-accent ring-2');
const undo = (page: Page) => page.keyboard.press('Control+z');

it('carries copied steps into another workflow under free names, their expressions with them, and no pinned items', async () => {
  const { page } = await browser.person();
  await page.goto(`/workflows/${await create('From here', orders)}`);
  await card(page, 'Order').click();
  await card(page, 'Mail').click({ modifiers: ['Shift'] });
  const text = await copied(page);
  expect(JSON.parse(text)).toMatchObject({ wfaib: 1, nodes: [{ name: 'Order' }, { name: 'Mail' }] });

  const id = await create('To there', orders);
  await page.goto(`/workflows/${id}`);
  await seen(card(page, 'Order'));
  await paste(page, text);
  await seen(page.getByText('Pasted 2 steps.'));
  await seen(card(page, 'Mail 2'));
  await settled(id).toMatchObject({ nodes: { length: 5 }, connections: { length: 3 } });
  const [order, mail] = (await documentOf(id)).nodes.slice(3);
  expect([order?.name, mail?.name, order?.pinned]).toEqual(['Order 2', 'Mail 2', undefined]);
  expect(mail?.parameters).toEqual({
    fields: { text: "={{ $('Order 2').first().json.total }}", again: '={{ $("Order 2").item.json.total }}' },
  });
  await undo(page);
  await settled(id).toMatchObject({ nodes: { length: 3 }, connections: { length: 2 } });
});

it('selects the one of several selected steps that is clicked', async () => {
  const { page } = await browser.person();
  await page.goto(`/workflows/${await create('One of them', orders)}`);
  await card(page, 'Order').click();
  await card(page, 'Mail').click({ modifiers: ['Shift'] });
  await gone(panel(page, 'Order'));
  await card(page, 'Mail').click();
  await seen(panel(page, 'Mail'));
});

it('goes on from an error output beside an output that leads on already', async () => {
  const { page } = await browser.person();
  const nodes = orders.nodes.map((node) => (node.id === 'a' ? { ...node, onError: 'errorOutput' } : node));
  const id = await create('Two ways on', { ...orders, nodes });
  await page.goto(`/workflows/${id}`);
  await addAfter(page, 'Order', 'Limit', 'on error');
  await settled(id).toMatchObject({ connections: [{}, {}, { from: { node: 'a', port: 'error' } }] });
});

it('reports what a workflow of n8n becomes before it goes in, and takes all of it back in one step', async () => {
  const { page } = await browser.person();
  const id = await create('From n8n', orders);
  await page.goto(`/workflows/${id}`);
  await seen(card(page, 'Order'));
  const n8n = { parameters: {}, position: [0, 400], typeVersion: 1 };
  await paste(
    page,
    JSON.stringify({
      nodes: [
        { ...n8n, name: 'Rest', type: 'n8n-nodes-base.wait', parameters: { amount: 2, unit: 'minutes' } },
        {
          ...n8n,
          name: 'Tell sales',
          type: 'n8n-nodes-base.slack',
          position: [280, 400],
          parameters: { channel: 'x' },
        },
      ],
      connections: { Rest: { main: [[{ node: 'Tell sales', type: 'main', index: 0 }]] } },
    }),
  );
  const report = page.getByRole('dialog', { name: 'Take over from n8n' });
  await seen(report.getByText('Tell sales'));
  expect((await documentOf(id)).nodes).toHaveLength(3);
  await report.getByRole('button', { name: 'Insert' }).click();
  await settled(id).toMatchObject({ nodes: { length: 5 }, connections: { length: 3 } });
  expect((await documentOf(id)).nodes[4]).toMatchObject({
    name: 'Tell sales',
    type: 'n8n-nodes-base.slack',
    parameters: { n8n: { parameters: { channel: 'x' } } },
  });
  await undo(page);
  await settled(id).toMatchObject({ nodes: { length: 3 }, connections: { length: 2 } });
});

it('tidies up in a worker, takes notes along with their steps, and undoes it at once', async () => {
  const { page } = await browser.person();
  const places: [number, number][] = [
    [0, 0],
    [640, 400],
    [64, 720],
  ];
  const nodes = orders.nodes.map((node, index) => ({ ...node, position: places[index]! }));
  const notes = [
    { id: 'n', text: 'About the mail', position: [40, 680] as [number, number], size: [280, 140] as [number, number] },
  ];
  const id = await create('Untidy', { ...orders, nodes, notes });
  await page.goto(`/workflows/${id}`);
  await seen(card(page, 'Mail'));
  const worker = page.waitForEvent('worker');
  await page.keyboard.press('Shift+Alt+t');
  expect((await worker).url()).toContain('layout');
  await settled(id).not.toMatchObject({ nodes });
  const tidy = await documentOf(id);
  const [s, a, b] = tidy.nodes.map(({ position }) => position!);
  expect(s![0] < a![0] && a![0] < b![0]).toBe(true);
  expect(tidy.notes?.[0]?.position).toEqual([b![0] - 24, b![1] - 40]);
  await undo(page);
  await settled(id).toMatchObject({ nodes, notes });
});

it('renames a step in every expression that names it, and says how many those are', async () => {
  const { page } = await browser.person();
  const id = await create('Renamed', orders);
  await page.goto(`/workflows/${id}`);
  await card(page, 'Order').click();
  await page.keyboard.press('F2');
  const name = page.getByLabel('Name of the step');
  await seen(name.and(page.locator(':focus')));
  await name.fill("Ana's order");
  await name.press('Enter');
  await seen(page.getByText('2 expressions use the new name.'));
  await settled(id).toMatchObject({
    nodes: [
      {},
      { name: "Ana's order" },
      {
        parameters: {
          fields: {
            text: "={{ $('Ana\\'s order').first().json.total }}",
            again: `={{ $("Ana's order").item.json.total }}`,
          },
        },
      },
    ],
  });
});

it('turns a field into an expression where an opening brace pair is typed, and keeps the text on the way back', async () => {
  const { page } = await browser.person();
  const stop: Node = { id: 'x', name: 'Stop', type: 'core.stop', position: [840, 0], parameters: { message: 'Sorry' } };
  const id = await create('Switching', { ...orders, nodes: [...orders.nodes, stop] });
  await page.goto(`/workflows/${id}`);
  await card(page, 'Stop').click();
  const form = panel(page, 'Stop');
  await form.getByRole('textbox', { name: 'Message' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(', {{ $json.name');
  const mode = form.getByRole('button', { name: 'Message: write an expression' });
  const message = () => documentOf(id).then(({ nodes }) => nodes[3]?.parameters?.['message']);
  await expect.poll(message).toMatch(/^=Sorry, \{\{ ?\$json\.name/);
  const written = String(await message());
  await mode.click();
  await expect.poll(message).toBe(written.slice(1));
  await mode.click();
  await expect.poll(message).toBe(written);
});

it('counts the items of each branch on the lines of a condition', async () => {
  const { page } = await browser.person();
  const rows = [1, 2, 3, 4, 5].map((qty) => ({ qty }));
  const id = await create('Branches', {
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      {
        id: 'o',
        name: 'Orders',
        type: 'core.code',
        position: [280, 0],
        parameters: { code: `return ${JSON.stringify(rows.map((json) => ({ json })))};` },
      },
      {
        id: 'i',
        name: 'Large',
        type: 'core.if',
        position: [560, 0],
        parameters: { condition: '={{ $json.qty > 3 }}' },
      },
      { id: 'y', name: 'Yes', type: 'core.limit', position: [960, -80], parameters: { max: 9 } },
      { id: 'n', name: 'No', type: 'core.limit', position: [960, 80], parameters: { max: 2, from: 'end' } },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'o' } },
      { from: { node: 'o' }, to: { node: 'i' } },
      { from: { node: 'i', port: 'true' }, to: { node: 'y' } },
      { from: { node: 'i', port: 'false' }, to: { node: 'n' } },
    ],
  });
  await page.goto(`/workflows/${id}`);
  await seen(card(page, 'No').getByText('The last 2'));
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('No, Limit, done'));
  const counts = page.locator('.react-flow__edgelabel-renderer span');
  await expect.poll(() => counts.allTextContents()).toEqual(['1', '5', '2', '3']);
});

it('warns of a step that nothing reaches, until it is connected', async () => {
  const { page } = await browser.person();
  const id = await create('Loose', { ...orders, connections: orders.connections.slice(0, 1) });
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: '1 problem' }).click();
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByRole('button', { name: /^Warning Mail is not connected to a trigger/ }).click();
  await seen(panel(page, 'Mail'));
  await page.keyboard.press('Escape');
  await addAfter(page, 'Order', 'Do nothing');
  await card(page, 'Do nothing').focus();
  await connectTo(page, 'Mail');
  await seen(page.getByRole('button', { name: 'No problems' }));
});

it('lists the problems beside the canvas and not over it, and Escape closes the list before the step', async () => {
  const { page } = await browser.person();
  await page.goto(`/workflows/${await create('Listed', { ...orders, connections: orders.connections.slice(0, 1) })}`);
  await card(page, 'Order').click();
  await seen(panel(page, 'Order'));
  const opener = page.getByRole('button', { name: '1 problem' });
  const problems = page.getByRole('region', { name: 'Problems' });
  await opener.click();
  await seen(problems);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Zoom in' }).click({ trial: true });
  await problems.getByRole('button', { name: /^Warning/ }).focus();
  await page.keyboard.press('Escape');
  await gone(problems);
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('1 problem');
  await opener.click();
  await card(page, 'Order').focus();
  await page.keyboard.press('Escape');
  await gone(problems);
  await seen(panel(page, 'Order'));
  await page.keyboard.press('Escape');
  await gone(panel(page, 'Order'));
});

it('pans with one finger, and selects with one that rests on a step', async () => {
  const { page, context } = await browser.person({ hasTouch: true, viewport: { width: 1024, height: 768 } });
  await page.goto(`/workflows/${await create('Touched', orders)}`);
  await seen(card(page, 'Mail'));
  const fingers = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });

  const before = await middleOf(card(page, 'Order'));
  const from = { x: before.x, y: before.y + 160 };
  await touch('touchStart', from);
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', { x: from.x + 80 * part, y: from.y + 40 * part });
  await touch('touchEnd');
  await expect.poll(() => middleOf(card(page, 'Order'))).toEqual({ x: before.x + 80, y: before.y + 40 });
  expect(await page.locator('.react-flow__selection').count()).toBe(0);

  for (const name of ['Order', 'Mail']) {
    await touch('touchStart', await middleOf(card(page, name)));
    await isSelected(card(page, name));
    await touch('touchEnd');
  }
  await isSelected(card(page, 'Order'));
  expect(await page.getByRole('menu').count()).toBe(0);
  expect(JSON.parse(await copied(page))).toMatchObject({ nodes: [{ name: 'Order' }, { name: 'Mail' }] });
});
