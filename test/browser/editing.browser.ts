import { expect, it } from 'vitest';
import { gone, seen } from '../support/browser.js';
import {
  addAfter,
  card,
  connectTo,
  draftSaved,
  nameWorkflow,
  newWorkflow,
  panel,
  paste,
  pick,
} from '../support/editor-hands.js';
import { expectAccessible } from '../support/page-checks.js';
import { setStage } from '../support/stage.js';

interface Document {
  nodes: { id: string; name: string; type: string; parameters: Record<string, unknown> }[];
  connections: { from: { node: string }; to: { node: string } }[];
  notes?: { text: string }[];
  groups?: { name: string; nodes: string[] }[];
}

const { wfaib, browser } = await setStage();

async function create(name: string): Promise<string> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'a', name: 'First', type: 'core.set', position: [280, 0], parameters: { fields: { greeting: 'hello' } } },
      { id: 'b', name: 'Second', type: 'core.noop', position: [560, 0], compensateWith: 'u' },
      { id: 'u', name: 'Undo it', type: 'core.noop', position: [560, 160] },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'a' } }],
  });
  return body.id;
}

const documentOf = async (id: string) =>
  (await wfaib.call<{ draft: Document }>('GET', `/api/workflows/${id}`)).body.draft;
const settled = (id: string) => expect.poll(() => documentOf(id));

it('takes an expression as documents write it, typed key by key or at once, and loses no key', async () => {
  const { page } = await browser.person();
  const id = await create('Typed');
  await page.goto(`/workflows/${id}`);
  await card(page, 'First').click();
  const field = panel(page, 'First').getByLabel('Fields, value of greeting', { exact: true });
  await field.fill('');
  await field.pressSequentially('={{ $json.a * 2 }}', { delay: 20 });
  await settled(id).toMatchObject({
    nodes: [{}, { parameters: { fields: { greeting: '={{ $json.a * 2 }}' } } }, {}, {}],
  });

  await panel(page, 'First').getByLabel('Fields, value of greeting, expression', { exact: true }).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('=');
  await seen(panel(page, 'First').getByText('The “=” in front becomes part of the value.'));
  await page.keyboard.type('{{ $json.c }}', { delay: 20 });
  await settled(id).toMatchObject({ nodes: [{}, { parameters: { fields: { greeting: '={{ $json.c }}' } } }, {}, {}] });

  await page.goto(`/workflows/${await create('Pasted')}`);
  await card(page, 'First').click();
  await panel(page, 'First').getByLabel('Fields, value of greeting', { exact: true }).fill('={{ $json.b }}');
  await seen(panel(page, 'First').getByText('{{ $json.b }}'));
  await gone(panel(page, 'First').getByText('={{ $json.b }}'));
});

it('keeps a value whose row has no name when its step is left at once, and takes it back in one step', async () => {
  const { page } = await browser.person();
  const id = await create('Nameless');
  await page.goto(`/workflows/${id}`);
  await card(page, 'First').click();
  const form = panel(page, 'First');
  await form.getByRole('button', { name: 'Add field' }).click();
  await form.getByLabel('Fields, value of 2', { exact: true }).fill('Ana');
  await seen(form.getByText('Kept as “field” until it has a name of its own.'));
  await card(page, 'Second').click();
  await card(page, 'First').click();
  expect(await form.getByLabel('Fields, name 2', { exact: true }).inputValue()).toBe('field');
  expect(await form.getByLabel('Fields, value of field', { exact: true }).inputValue()).toBe('Ana');
  await settled(id).toMatchObject({
    nodes: [{}, { parameters: { fields: { greeting: 'hello', field: 'Ana' } } }, {}, {}],
  });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gone(form.getByLabel('Fields, name 2', { exact: true }));
  expect(await form.getByLabel('Fields, value of greeting', { exact: true }).inputValue()).toBe('hello');
});

it('connects, replaces, groups, annotates and finds by keyboard', async () => {
  const { page } = await browser.person();
  const id = await create('By keys');
  await page.goto(`/workflows/${id}`);
  await card(page, 'First').click();

  await connectTo(page, 'Second');
  await settled(id).toMatchObject({ connections: [{ to: { node: 'a' } }, { from: { node: 'a' }, to: { node: 'b' } }] });

  await card(page, 'Second').click();
  await page.keyboard.press('r');
  await seen(page.getByRole('dialog', { name: 'Add a step' }));
  await page.keyboard.type('Limit');
  await seen(page.getByRole('option', { selected: true }).filter({ hasText: 'Limit' }));
  await page.keyboard.press('Enter');
  await seen(panel(page, 'Second'));
  await settled(id).toMatchObject({ nodes: [{}, {}, { id: 'b', type: 'core.limit' }, {}] });

  await card(page, 'First').click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+g');
  await seen(page.getByLabel('Group Group', { exact: true }));
  await page.getByRole('button', { name: 'Collapse Group' }).click();
  await gone(card(page, 'First'));
  await page.getByRole('button', { name: 'Expand Group' }).click();
  await seen(card(page, 'First'));

  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+S');
  await seen(page.getByLabel('Text of the note').and(page.locator(':focus')));
  await page.keyboard.type('# Mind this');
  await page.keyboard.press('Escape');
  await settled(id).toMatchObject({ notes: [{ text: '# Mind this' }], groups: [{ nodes: ['a', 'b'] }] });

  await page.keyboard.press('Control+f');
  await page.getByLabel('Text to find').fill('hello');
  await seen(page.getByText('1 of 1'));
  await page.keyboard.press('Control+Enter');
  await seen(panel(page, 'First'));
});

it('reaches every command by name, by menu and in the outline', async () => {
  const { page } = await browser.person();
  await page.goto(`/workflows/${await create('Commands')}`);
  await card(page, 'First').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('tidy');
  await seen(page.getByRole('option', { name: /^Tidy/, selected: true }));
  await page.keyboard.press('Enter');
  await seen(page.getByRole('button', { name: /^Undo: Tidy/ }));

  await card(page, 'First').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Disable or enable/ }).click();
  await seen(card(page, 'First').getByText('Disabled'));

  await page.keyboard.press('o');
  const steps = page.getByRole('tree', { name: 'Steps' });
  await steps.getByRole('treeitem', { name: /First/ }).focus();
  await page.keyboard.press('ArrowDown');
  await seen(steps.locator('[data-step="b"]:focus'));
  await page.keyboard.press('Delete');
  await gone(steps.getByRole('treeitem', { name: /Second/ }));
});

it('takes steps of n8n and a cURL command from the clipboard, and says what it cannot take', async () => {
  const { page } = await browser.person();
  const id = await create('Paste');
  await page.goto(`/workflows/${id}`);
  await seen(card(page, 'First'));
  const n8n = { parameters: {}, position: [0, 400], typeVersion: 1 };
  await paste(
    page,
    JSON.stringify([
      { ...n8n, name: 'Wait a bit', type: 'n8n-nodes-base.wait' },
      { ...n8n, name: 'Tell sales', type: 'n8n-nodes-base.slack' },
    ]),
  );
  const report = page.getByRole('dialog', { name: 'Take over from n8n' });
  await seen(report.getByText('Tell sales'));
  await report.getByRole('button', { name: 'Insert' }).click();
  await seen(card(page, 'Tell sales'));

  await paste(page, `curl -X POST https://api.example.test/orders -H 'Authorization: Bearer x' -d '{"qty":1}'`);
  await seen(panel(page, 'HTTP request'));
  await seen(page.getByText('Left out: Authorization.'));
  await expect
    .poll(async () => (await documentOf(id)).nodes.find(({ type }) => type === 'http.request')?.parameters)
    .toEqual({ url: 'https://api.example.test/orders', method: 'POST', body: { qty: 1 } });
});

it('shows what changed since the last version, field by field, and takes it back', async () => {
  const { page } = await browser.person();
  const id = await create('Changes');
  await wfaib.call('POST', `/api/workflows/${id}/publish`, {});
  await page.goto(`/workflows/${id}`);
  await card(page, 'First').click();
  await panel(page, 'First').getByLabel('Fields, value of greeting', { exact: true }).fill('good day');
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  await page.getByRole('button', { name: 'Look at the changes on the canvas' }).click();
  const fields = page.getByRole('region', { name: 'Fields of First' });
  await seen(fields.getByText('"greeting": "hello"'));
  await seen(fields.getByText('"greeting": "good day"'));
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More for this workflow' }).click();
  await page.getByRole('menuitem', { name: 'Discard draft changes' }).click();
  await seen(page.getByRole('button', { name: 'Published' }));
});

it('cuts a value that is too long to be drawn in a comparison, and says of how much it is the beginning', async () => {
  const { page } = await browser.person();
  const id = await create('Long');
  await wfaib.call('POST', `/api/workflows/${id}/publish`, {});
  await page.goto(`/workflows/${id}`);
  await card(page, 'First').click();
  await panel(page, 'First').getByLabel('Fields, value of greeting', { exact: true }).fill('x'.repeat(30_000));
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  await page.getByRole('button', { name: 'Look at the changes on the canvas' }).click();
  const fields = page.getByRole('region', { name: 'Fields of First' });
  await seen(fields.getByText(/^The first 20,000 of 30,\d{3} characters\.$/));
  expect((await fields.textContent())!.length).toBeLessThan(21_000);
});

it('runs one step alone with the data it has, beside input and output', async () => {
  const { page } = await browser.person();
  await page.goto(`/workflows/${await create('Alone')}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('First, Set fields, done'));
  await card(page, 'First').click();
  await panel(page, 'First').getByLabel('Fields, value of greeting', { exact: true }).fill('once more');
  await page.keyboard.press('Control+Shift+Enter');
  await page.keyboard.press('Control+Shift+F');
  const output = page.getByRole('region', { name: 'Output' });
  await seen(output.getByText('once more'));
  await seen(page.getByRole('region', { name: 'Input' }));
});

it.each(['light', 'dark'] as const)('has no accessibility faults in the %s theme', async (colorScheme) => {
  const { page } = await browser.person({ colorScheme });
  await page.goto(`/workflows/${await create(`Axe ${colorScheme}`)}`);
  await card(page, 'First').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  await seen(page.getByLabel('Data of First'));
  await expectAccessible(page);
  await page.keyboard.press('Control+k');
  await seen(page.getByRole('dialog', { name: 'Commands' }));
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await card(page, 'First').focus();
  await page.keyboard.press('o');
  await seen(page.getByRole('tree', { name: 'Steps' }));
  await expectAccessible(page);
});

it('takes a newcomer by the hand: best match first, a forgotten sign, a large editor, a part as a workflow of its own', async () => {
  const { page } = await browser.person();
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'By the hand',
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual', position: [0, 0] },
      {
        id: 'greet',
        name: 'Greet',
        type: 'core.set',
        position: [280, 0],
        parameters: { fields: { greeting: 'Hi {{ $json.name }}' } },
      },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'greet' } }],
  });
  await page.goto(`/workflows/${body.id}`);
  await card(page, 'Greet').click();
  await seen(page.getByRole('button', { name: '1 problem' }));
  await panel(page, 'Greet').getByRole('button', { name: 'Make it an expression' }).click();
  await seen(page.getByRole('button', { name: 'No problems' }));
  await page.getByLabel('Fields, value of greeting, expression').click();
  await page.keyboard.press('Control+Shift+E');
  const large = page.getByRole('dialog', { name: 'Fields, value of greeting' });
  await seen(large.getByRole('region', { name: 'Result' }));
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  await gone(large);

  await card(page, 'Greet').click();
  await page.keyboard.press('n');
  await seen(page.getByRole('dialog', { name: 'Add a step' }).getByRole('combobox').and(page.locator(':focus')));
  await page.keyboard.type('set');
  await seen(page.getByRole('option', { name: /^Set fields/, selected: true }));
  await page.keyboard.press('Enter');
  await seen(panel(page, 'Set fields'));
  await card(page, 'Greet').click();
  await page.keyboard.press('Alt+x');
  await seen(card(page, 'Call a workflow'));
  await gone(card(page, 'Greet'));
  await seen(page.getByText('is a workflow of its own and live'));
  await card(page, 'Call a workflow').click();
  await expect
    .poll(() => panel(page, 'Call a workflow').getByLabel('Workflow', { exact: true }).inputValue())
    .toMatch(/^By the hand: part/);
  const { body: list } = await wfaib.call<{ items: { id: string; live: number | null }[] }>(
    'GET',
    '/api/workflows?q=By the hand: part',
  );
  expect(list.items).toMatchObject([{ live: 1 }]);
  const { body: part } = await wfaib.call<{ draft: { nodes: { name: string; parameters: unknown }[] } }>(
    'GET',
    `/api/workflows/${list.items[0]!.id}`,
  );
  expect(part.draft.nodes.find(({ name }) => name === 'Greet')?.parameters).toEqual({
    fields: { greeting: '=Hi {{ $json.name }}!' },
  });
});

it('handles errors as a newcomer means to: a way out for what failed, and a workflow that is started when a run fails', async () => {
  const { page } = await browser.person();
  await newWorkflow(page);
  await nameWorkflow(page, 'Failure handler');
  await page.getByRole('button', { name: 'Choose a trigger' }).click();
  await page.getByRole('dialog', { name: 'Add a step' }).getByRole('combobox').fill('error');
  await seen(page.getByRole('option', { name: /^When a workflow fails/, selected: true }));
  await page.keyboard.press('Enter');
  await seen(card(page, 'When a workflow fails'));
  await draftSaved(page);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await seen(page.getByText('Live v1'));

  const id = await newWorkflow(page);
  await nameWorkflow(page, 'Fragile');
  await page.getByRole('button', { name: 'Choose a trigger' }).click();
  await pick(page, 'Manual start');
  await addAfter(page, 'Manual start', 'Code');
  await page.getByRole('tab', { name: 'Reliability' }).click();
  await page
    .getByRole('combobox', { name: 'When it fails for good' })
    .selectOption('Send the failed item to an error output');
  await addAfter(page, 'Code', 'Stop with an error', 'on error');
  await page.getByRole('tab', { name: 'Set up' }).click();
  await page.getByRole('textbox', { name: /^Message/ }).fill('Nobody mended it');
  await card(page, 'Code').click();
  await page.locator('[data-field="parameters.code"] .cm-content').fill("throw new Error('out of order');");

  await page.getByRole('button', { name: 'More for this workflow' }).click();
  await page.getByRole('menuitem', { name: 'Workflow settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Workflow settings' });
  await settings.getByRole('combobox', { name: 'Error workflow' }).fill('Failure handler');
  await settings.getByRole('button', { name: 'Done' }).click();
  await draftSaved(page);

  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel(/^Stop with an error, .*failed$/));
  await page.getByRole('button', { name: 'Show data' }).click();
  await seen(page.getByLabel('Data of Code').getByRole('radio', { name: 'on error 1' }));

  expect(await wfaib.call('POST', `/api/workflows/${id}/publish`, {})).toMatchObject({ status: 200 });
  await wfaib.call('POST', '/api/runs?wait=20s', { workflowId: id });
  await page.goto('/runs?startedBy=error');
  await seen(page.getByRole('row').filter({ hasText: 'Failure handler' }).getByText('Done'));
});
