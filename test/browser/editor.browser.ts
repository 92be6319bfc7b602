import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { boxOf, gone, seen } from '../support/browser.js';
import {
  addAfter,
  card,
  draftSaved,
  nameWorkflow,
  newWorkflow,
  panel,
  pick,
  setField,
} from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';

interface Document {
  name: string;
  nodes: { id: string; name: string; type: string; parameters: Record<string, unknown> }[];
  connections: { from: { node: string; port?: string }; to: { node: string; port?: string } }[];
}

const example = readFileSync(new URL('../../docs/examples/github-triage.json', import.meta.url), 'utf8');

const { wfaib, browser } = await setStage();

const draftOf = async (id: string) => (await wfaib.call<{ draft: Document }>('GET', `/api/workflows/${id}`)).body.draft;
const order = { qty: 3, price: 50 };
const call = (url: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(30_000),
  });

it('builds, tests, publishes and runs a workflow by mouse', async () => {
  const { page } = await browser.person();
  await newWorkflow(page);
  await nameWorkflow(page, 'Orders by mouse');

  await page.getByRole('button', { name: 'Choose a trigger' }).click();
  await pick(page, 'Webhook');
  await panel(page, 'Webhook').getByRole('textbox', { name: 'Path' }).fill('mouse');
  await panel(page, 'Webhook').getByLabel('Answer', { exact: true }).selectOption({ label: 'From a Respond node' });

  await addAfter(page, 'Webhook', 'Set fields');
  await setField(page, 'Set fields', 'total', '{{ $json.body.qty * $json.body.price }}');

  await addAfter(page, 'Set fields', 'If');
  await panel(page, 'If')
    .getByRole('button', { name: /Add condition/ })
    .click();
  const condition = panel(page, 'If').getByRole('group', { name: 'Condition 1' });
  await condition.getByLabel('Left side, expression').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('{{ $json.total');
  await condition.getByLabel('Comparison').selectOption({ label: 'is more than' });
  await condition.getByLabel('Right side').fill('100');

  await addAfter(page, 'If', 'Respond', 'true');
  await seen(page.getByRole('button', { name: 'No problems' }));

  await page.getByRole('button', { name: 'Test workflow' }).click();
  const waiting = page.getByRole('status').filter({ hasText: 'Waiting for a call' });
  const address = (await waiting.locator('code').textContent())!.replace('POST ', '');
  const [answer] = await Promise.all([call(address), seen(page.getByLabel('Respond, Respond, done'))]);
  expect([answer.status, await answer.json()]).toMatchObject([200, { total: 150 }]);
  await seen(page.getByLabel('If, If, done'));
  await gone(waiting);

  await card(page, 'Set fields').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  const data = page.getByLabel('Data of Set fields');
  await seen(data.getByText('1 item'));
  await seen(data.getByText('150'));

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await seen(page.getByText('Live v1'));

  const live = await call(`${wfaib.url}/hooks/mouse`);
  expect([live.status, await live.json()]).toMatchObject([200, { total: 150 }]);

  await page.getByRole('link', { name: 'Runs', exact: true }).last().click();
  await page
    .getByRole('row')
    .filter({ hasText: 'Orders by mouse' })
    .filter({ hasText: 'v1' })
    .getByRole('link')
    .click();
  await seen(page.getByRole('heading', { name: 'Orders by mouse' }));
  await page.getByRole('treeitem', { name: /^Set fields, Done/ }).click();
  await seen(page.getByLabel('Details of Set fields').getByText('150'));
});

it('builds, tests and publishes a workflow by keyboard only', async () => {
  const { page } = await browser.person();
  const id = await newWorkflow(page);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const add = async (label: string) => {
    await page.keyboard.press('n');
    await seen(page.getByRole('dialog', { name: 'Add a step' }));
    await page.keyboard.type(label);
    await seen(page.getByRole('option', { selected: true }).filter({ has: page.getByText(label, { exact: true }) }));
    await press('Enter');
    await seen(panel(page, label));
  };
  await seen(page.getByRole('button', { name: 'Choose a trigger' }));
  await add('Webhook');
  await press('Enter');
  await seen(panel(page, 'Webhook').getByRole('textbox', { name: 'Path' }).and(page.locator(':focus')));
  await page.keyboard.type('keys');
  await press('Escape');
  await add('Set fields');
  // The first Enter goes to “Add field”, the second one adds a row and goes to it.
  await press('Enter');
  await seen(page.getByRole('button', { name: 'Add field' }).and(page.locator(':focus')));
  await press('Enter');
  await seen(page.getByLabel('Fields, name 1').and(page.locator(':focus')));
  await page.keyboard.type('total');
  await press('Tab');
  await page.keyboard.type('{{ $json.body.qty * $json.body.price }}');
  await press('Escape', 'Escape');
  await add('If');
  await press('Escape');
  await press('Delete');
  await gone(card(page, 'If'));
  await press('ArrowLeft', 'ArrowRight', 'ArrowRight');
  await add('Do nothing');

  await press('Control+Enter');
  const waiting = page.getByRole('status').filter({ hasText: 'Waiting for a call' });
  await call((await waiting.locator('code').textContent())!.replace('POST ', ''));
  await seen(page.getByLabel('Do nothing, Do nothing, done'));

  await press('Control+Shift+P');
  await seen(page.getByRole('dialog', { name: 'Publish this workflow' }));
  const publish = page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true });
  while ((await publish.and(page.locator(':focus')).count()) === 0) await press('Tab');
  await press('Enter');
  await seen(page.getByText('Live v1'));
  expect((await draftOf(id)).nodes.map((node) => [node.name, node.parameters])).toEqual([
    ['Webhook', { path: 'keys' }],
    ['Set fields', { fields: { total: '={{ $json.body.qty * $json.body.price }}' } }],
    ['Do nothing', {}],
  ]);
});

it('imports the example by paste, and exports an equal document', async () => {
  const { page } = await browser.person();
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Document as JSON').fill(example);
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await seen(card(page, 'Which event'));
  await seen(page.getByRole('button', { name: 'No problems' }));

  await page.getByRole('button', { name: 'More for this workflow' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('github-triage.json');
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(JSON.parse(example));
});

it('undoes and does again every change, typing in a field included', async () => {
  const { page } = await browser.person();
  await wfaib.call('POST', '/api/workflows', { ...JSON.parse(example), name: 'Undo me' });
  await page.goto('/workflows');
  await page.getByRole('link', { name: 'Undo me', exact: true }).click();
  await seen(card(page, 'Score'));
  const undo = page.getByRole('button', { name: /^Undo/ });
  const redo = page.getByRole('button', { name: /^Redo/ });

  const from = await boxOf(card(page, 'Report'));
  await page.mouse.move(from.x + 60, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 120, { steps: 5 });
  await page.mouse.up();
  await seen(page.getByRole('button', { name: 'Undo: Move' }));
  await card(page, 'GitHub event').click();
  await panel(page, 'GitHub event').getByRole('textbox', { name: 'Path' }).fill('elsewhere');
  await seen(card(page, 'GitHub event').getByText('POST /hooks/elsewhere'));
  await page.getByLabel('Name of the step').fill('From GitHub');
  await page.getByLabel('Name of the step').press('Enter');
  await card(page, 'Nothing to score').click();
  await page.keyboard.press('d');
  await seen(card(page, 'Nothing to score').getByText('Disabled'));
  await page.keyboard.press('Delete');
  await gone(card(page, 'Nothing to score'));
  await page.getByRole('button', { name: 'Tidy up' }).click();
  await seen(page.getByRole('button', { name: /^Undo: Tidy/ }));
  await nameWorkflow(page, 'Undone');

  while (await undo.isEnabled()) await undo.click();
  await draftSaved(page);
  const { name, nodes, connections } = JSON.parse(example) as Document;
  await seen(card(page, 'GitHub event').getByText('POST /hooks/github'));
  await expect.poll(() => page.getByLabel('Name of the workflow').inputValue()).toBe('Undo me');
  while (await redo.isEnabled()) await redo.click();
  await seen(card(page, 'From GitHub').getByText('POST /hooks/elsewhere'));
  await expect.poll(() => page.getByLabel('Name of the workflow').inputValue()).toBe('Undone');
  expect(name).toBe('GitHub triage');
  await page.keyboard.press('Control+S');
  await seen(page.getByText('Draft saved.'));
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  while (await undo.isEnabled()) await undo.click();
  await page.keyboard.press('Control+S');
  await seen(page.getByText('Draft saved.'));
  await draftSaved(page);
  await expect.poll(async () => draftOf(id)).toMatchObject({ name: 'Undo me', nodes, connections });
});

it('tells two tabs of their conflict, and loses the work of neither', async () => {
  const person = await browser.person();
  person.expectStatus(409);
  person.expectStatus(412);
  const mine = person.page;
  const id = await newWorkflow(mine);
  await seen(mine.getByRole('button', { name: 'Choose a trigger' }));
  await mine.route('**/api/workflows/*', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  );
  await nameWorkflow(mine, 'Mine');
  await seen(mine.getByText('Offline – kept in this browser'));
  const theirs = await person.tab();
  await theirs.goto(`/workflows/${id}`);
  await theirs.getByRole('button', { name: 'Take over', exact: true }).click();
  await gone(theirs.getByText('Read-only'));
  await nameWorkflow(theirs, 'Theirs');
  await draftSaved(theirs);
  await expect.poll(async () => (await draftOf(id)).name).toBe('Theirs');

  await mine.unroute('**/api/workflows/*');
  await seen(mine.getByText('that were not saved are kept in this browser'));
  await mine.getByRole('button', { name: 'Take over', exact: true }).click();
  await mine.getByRole('button', { name: 'Restore', exact: true }).click();
  await seen(mine.getByText('This workflow was saved somewhere else meanwhile.'));
  expect((await draftOf(id)).name).toBe('Theirs');
  await mine.getByRole('button', { name: 'Keep mine as a copy' }).click();
  await seen(mine.getByText('This is their draft.'));
  await expect.poll(() => mine.getByLabel('Name of the workflow').inputValue()).toBe('Theirs');
  await mine.goto('/workflows');
  await seen(mine.getByRole('link', { name: 'Mine (my copy)', exact: true }));
});

it('offers changes that never reached the server again after a reload', async () => {
  const { page } = await browser.person();
  const id = await newWorkflow(page);
  await seen(page.getByRole('button', { name: 'Choose a trigger' }));
  await page.evaluate(saveNothing);
  await nameWorkflow(page, 'Written while offline');
  await seen(page.getByText('Offline – kept in this browser'));
  await page.reload();
  await seen(page.getByText('that were not saved'));
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect.poll(async () => (await draftOf(id)).name).toBe('Written while offline');
});

it('leads from a problem to the field that has it', async () => {
  const { page } = await browser.person();
  await newWorkflow(page);
  await page.getByRole('button', { name: 'Choose a trigger' }).click();
  await pick(page, 'Webhook');
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await page.getByRole('button', { name: '1 problem' }).click();
  await page
    .getByRole('region', { name: 'Problems' })
    .getByRole('button', { name: /^Error Webhook/ })
    .click();
  const path = panel(page, 'Webhook').getByRole('textbox', { name: 'Path' });
  await seen(path);
  await seen(path.and(page.locator(':focus')));
  await page.keyboard.type('mended');
  await seen(page.getByRole('button', { name: 'No problems' }));
});

it('publishes versions, stops being live, and restores an older one', async () => {
  const { page } = await browser.person();
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Versions',
    meta: { of: 'the first version' },
    nodes: [{ id: 'a', name: 'A', type: 'core.webhook', parameters: { path: 'versions' } }],
    connections: [],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  await page.goto(`/workflows/${body.id}`);
  await seen(page.getByText('Live v1'));
  await nameWorkflow(page, 'Versions, second');
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await seen(page.getByText('Live v2'));
  await page.getByRole('switch', { name: 'Live with version 2' }).click();
  await seen(page.getByText('Not live', { exact: true }));
  expect((await call(`${wfaib.url}/hooks/versions`)).status).toBe(404);

  await page.getByRole('button', { name: 'More for this workflow' }).click();
  await page.getByRole('menuitem', { name: 'Versions' }).click();
  const versions = page.getByRole('dialog', { name: 'Versions' });
  await versions
    .getByRole('listitem')
    .filter({ hasText: 'v1' })
    .getByRole('button', { name: 'Restore to draft' })
    .click();
  await gone(versions);
  await expect.poll(() => page.getByLabel('Name of the workflow').inputValue()).toBe('Versions');
  await page.getByRole('button', { name: 'More for this workflow' }).click();
  await page.getByRole('menuitem', { name: 'Versions' }).click();
  await versions.getByRole('listitem').filter({ hasText: 'v1' }).getByRole('button', { name: 'Go live' }).click();
  await seen(page.getByText('Live v1'));
  expect((await call(`${wfaib.url}/hooks/versions`)).status).toBe(202);
});

it('pins the output of a step, and uses it instead of running the step', async () => {
  const { page } = await browser.person();
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Pinning',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'f', name: 'Fresh', type: 'core.set', position: [260, 0], parameters: { fields: { value: 'first' } } },
      {
        id: 'e',
        name: 'End',
        type: 'core.set',
        position: [520, 0],
        parameters: { fields: { copy: '={{ $json.value }}' } },
      },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'f' } },
      { from: { node: 'f' }, to: { node: 'e' } },
    ],
  });
  await page.goto(`/workflows/${body.id}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('End, Set fields, done'));
  await card(page, 'Fresh').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  await page.getByRole('button', { name: /^Pin: use this output/ }).click();
  await seen(page.getByText('Pinned: tests use these items'));
  await panel(page, 'Fresh').getByLabel('Fields, value of value', { exact: true }).fill('second');
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('End, Set fields, done'));
  await card(page, 'End').click();
  await seen(page.getByLabel('Data of End').getByRole('cell', { name: 'first' }).nth(1));
});

it('starts a test with what the trigger has pinned or the person gives, which is there again the next time', async () => {
  const { page } = await browser.person();
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Pinned trigger',
    nodes: [
      {
        id: 'h',
        name: 'Hook',
        type: 'core.webhook',
        position: [0, 0],
        parameters: { path: 'pinned-trigger' },
        pinned: [{ json: { word: 'pinned' } }],
      },
      {
        id: 'c',
        name: 'Copy',
        type: 'core.set',
        position: [280, 0],
        parameters: { fields: { same: '={{ $json.word }}' } },
      },
    ],
    connections: [{ from: { node: 'h' }, to: { node: 'c' } }],
  });
  await page.goto(`/workflows/${body.id}`);
  await seen(page.getByRole('img', { name: 'Connection from “Hook” to “Copy”' }));
  await card(page, 'Copy').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  const data = page.getByLabel('Data of Copy');
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(data.getByRole('cell', { name: 'pinned' }).nth(1));

  const dialog = page.getByRole('dialog', { name: 'Test with your own data' });
  const text = dialog.getByLabel('Data as JSON');
  const open = async () => {
    await page.getByRole('button', { name: 'Ways to test' }).click();
    await page.getByRole('menuitem', { name: /JSON/ }).click();
  };
  await open();
  await seen(text.getByText('"pinned"'));
  await text.fill('{\n  "word": }');
  await seen(dialog.getByText(/^Line 2: /));
  expect(await dialog.getByRole('button', { name: 'Start test' }).isDisabled()).toBe(true);
  await text.fill('{ "word": "given" }');
  await dialog.getByRole('button', { name: 'Start test' }).click();
  await seen(data.getByRole('cell', { name: 'given' }).nth(1));
  await open();
  await seen(text.getByText('"given"'));
});

it('shows as input of a step that was added behind one that ran what that one gave', async () => {
  const { page } = await browser.person({ viewport: { width: 1600, height: 900 } });
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Added behind',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'o', name: 'Order', type: 'core.set', position: [280, 0], parameters: { fields: { word: 'first' } } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'o' } }],
  });
  await page.goto(`/workflows/${body.id}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('Order, Set fields, done'));
  await addAfter(page, 'Order', 'Set fields');
  await page.keyboard.press('Control+Shift+F');
  const input = page.getByRole('region', { name: 'Input', exact: true });
  await seen(input.getByRole('cell', { name: 'first' }));
  await panel(page, 'Set fields').getByRole('button', { name: 'Add field' }).click();
  await panel(page, 'Set fields')
    .getByLabel(/^Fields, name/)
    .last()
    .fill('copy');
  await input
    .getByRole('columnheader', { name: 'word' })
    .dragTo(panel(page, 'Set fields').getByLabel('Fields, value of copy', { exact: true }));
  await expect
    .poll(async () => (await draftOf(body.id)).nodes[2]!.parameters)
    .toEqual({ fields: { copy: '={{ $json.word }}' } });
});

/**
 * In the page, until it is left: no PUT reaches the server. A route of the browser would not do: a page that is being
 * left saves once more, and such a request passes by the routes.
 */
function saveNothing(): void {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    init?.method === 'PUT' ? Promise.reject(new TypeError('offline')) : real(input, init);
}
