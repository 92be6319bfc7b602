import { expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { boxOf, gone, seen } from '../support/browser.js';
import { card, pick } from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';

interface Document {
  nodes: { id: string; name: string; type: string; position: [number, number] }[];
  connections: { from: { node: string }; to: { node: string } }[];
}

const { wfaib, browser } = await setStage();

const node = (name: string, x: number, y = 0, type = 'core.noop') => ({
  id: name.toLowerCase(),
  name,
  type,
  position: [x, y] as [number, number],
});
const chain: Document = {
  nodes: [node('Start', 0, 0, 'core.manual'), node('First', 280), node('Second', 560), node('Loose', 280, 240)],
  connections: [
    { from: { node: 'start' }, to: { node: 'first' } },
    { from: { node: 'first' }, to: { node: 'second' } },
  ],
};

/** Opens a new workflow on the canvas. Answers what says how it is stored. */
async function opened(page: Page, name: string): Promise<() => Promise<Document>> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', { wfaib: 1, name, ...chain });
  await page.goto(`/workflows/${body.id}`);
  await seen(card(page, 'Loose'));
  return async () => (await wfaib.call<{ draft: Document }>('GET', `/api/workflows/${body.id}`)).body.draft;
}
const linesOf = ({ nodes, connections }: Document) => {
  const name = (id: string) => nodes.find((one) => one.id === id)?.name;
  return connections.map(({ from, to }) => `${name(from.node)} > ${name(to.node)}`).sort();
};
const lines = (stored: () => Promise<Document>) => expect.poll(async () => linesOf(await stored()));
const before = linesOf(chain);

const port = (page: Page, name: string, kind: 'source' | 'target') =>
  page.locator(`.react-flow__handle.${kind}[data-nodeid="${name.toLowerCase()}"]`);
const middle = async (locator: Locator) => {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
};
const between = async (page: Page, from: string, to: string) => {
  const [one, other] = await Promise.all([middle(port(page, from, 'source')), middle(port(page, to, 'target'))]);
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
};
/** Drags with the pointer, as a hand does: not all the way at once. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

it('offers steps where a connection is let go on the canvas, and connects the one that is picked there', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Let go');
  const from = await middle(port(page, 'Second', 'source'));
  const beside = await boxOf(card(page, 'Second'));
  const to = { x: from.x + 120, y: from.y + 160 };
  await drag(page, from, to);
  await seen(page.getByRole('dialog', { name: 'Add a step' }));
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog', { name: 'Add a step' }));
  await lines(stored).toEqual(before);

  await drag(page, from, to);
  await pick(page, 'Limit');
  await lines(stored).toEqual([...before, 'Second > Limit'].sort());
  const { nodes } = await stored();
  const [second, limit] = ['Second', 'Limit'].map((name) => nodes.find((one) => one.name === name)!.position);
  expect(Math.abs(limit![0] - second![0] - (to.x - beside.x))).toBeLessThan(24);
  expect(limit![1] - second![1]).toBeGreaterThan(100);
});

it('inserts a step in the middle of a connection, and moves what comes after to make room', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'In between');
  const x = async (name: string) => (await stored()).nodes.find((one) => one.name === name)!.position[0];
  const { x: left, y: top } = await between(page, 'First', 'Second');
  await page.mouse.move(left, top);
  await page.getByRole('button', { name: 'Insert a step here' }).click();
  await pick(page, 'Limit');
  await lines(stored).toEqual(['First > Limit', 'Limit > Second', 'Start > First']);
  expect(await x('Second')).toBeGreaterThan(560);
  expect([await x('First'), await x('Loose')]).toEqual([280, 280]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await lines(stored).toEqual(before);
});

it('puts a step that is dragged onto a connection into it, from the picker and from the canvas', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Dragged onto');
  await drag(page, await middle(card(page, 'Loose')), await between(page, 'First', 'Second'));
  await lines(stored).toEqual(['First > Loose', 'Loose > Second', 'Start > First']);

  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  const picker = page.getByRole('dialog', { name: 'Add a step' });
  await picker.getByRole('combobox').fill('Limit');
  const entry = picker.getByRole('option').filter({ has: page.getByText('Limit', { exact: true }) });
  await drag(page, await middle(entry.first()), await between(page, 'Start', 'First'));
  await lines(stored).toEqual(['First > Loose', 'Limit > First', 'Loose > Second', 'Start > Limit']);
});

it('joins what was around a step that is deleted with Ctrl+Backspace', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Joined');
  await card(page, 'First').click();
  await page.keyboard.press('Escape');
  await card(page, 'First').press('Control+Backspace');
  await lines(stored).toEqual(['Start > Second']);
});

it('makes no connection that could not run, and says why', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Refused');
  await drag(page, await middle(port(page, 'Second', 'source')), await middle(port(page, 'First', 'target')));
  await seen(page.getByRole('status').getByText('This would run in a circle. Use a Loop step to repeat steps.'));
  await lines(stored).toEqual(before);
});

it('leads a connection elsewhere where its end is dragged, and drops it where the end lands nowhere', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Led elsewhere');
  /** The end of the only connection into a step. */
  const end = (name: string) =>
    middle(page.locator(`.react-flow__edge[data-id*=',"${name.toLowerCase()}",'] .react-flow__edgeupdater-target`));
  await drag(page, await end('Second'), await middle(port(page, 'Loose', 'target')));
  await lines(stored).toEqual(['First > Loose', 'Start > First']);
  await drag(page, await end('First'), { x: 500, y: 700 });
  await lines(stored).toEqual(['First > Loose']);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await lines(stored).toEqual(before);
  // A port that it may not lead to is not nowhere: the connection stays.
  await drag(page, await end('First'), await middle(port(page, 'Second', 'source')));
  await lines(stored).toEqual(before);
});

it('lays no new step on top of another', async () => {
  const { page } = await browser.person();
  const stored = await opened(page, 'Side by side');
  for (const label of ['Limit', 'Sort', 'Wait', 'Do nothing']) {
    await page.locator('.react-flow__pane').click({ position: { x: 40, y: 40 } });
    await page.keyboard.press('n');
    await pick(page, label);
    await page.keyboard.press('Escape');
  }
  await expect.poll(async () => (await stored()).nodes.length).toBe(8);
  const boxes = await Promise.all((await page.locator('[data-step]').all()).map(boxOf));
  const overlaps = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          one.x < other.x + other.width &&
          other.x < one.x + one.width &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
  );
  expect(boxes).toHaveLength(8);
  expect(overlaps).toEqual([]);
});
