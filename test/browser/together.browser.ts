import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { gone, seen } from '../support/browser.js';
import { card, draftSaved, nameWorkflow, panel } from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';
import { addPerson, query } from '../support/second-person.js';

const { wfaib, browser } = await setStage();
const ben = await addPerson(wfaib, 'Ben');
await query(wfaib, `UPDATE app_user SET name = 'Ana' WHERE is_owner`, []);

async function create(name: string): Promise<string> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'a', name: 'First', type: 'core.set', position: [280, 0], parameters: { fields: { greeting: 'hello' } } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'a' } }],
  });
  return body.id;
}

const nameOf = (page: Page) => page.getByLabel('Name of the workflow').inputValue();
const readOnly = (page: Page) => page.locator('header').getByText('Read-only');
/** Lets time pass for who edits. */
const pass = (id: string, seconds: number, column: 'seen_at' | 'active_at') =>
  query(wfaib, `UPDATE workflow_editing SET ${column} = ${column} - $2 * interval '1 second' WHERE workflow_id = $1`, [
    id,
    seconds,
  ]);
/** Waits until a tab has told the server that its person does nothing: before, what time passes would be undone by it. */
const toldIdle = (page: Page) =>
  page.waitForResponse(
    (answer) => answer.url().endsWith('/editing') && answer.request().postDataJSON().active === false,
  );

it('lets one person edit, shows each save to the other, and hands over on request', async () => {
  const id = await create('Shared');
  const { page: anas } = await browser.person();
  await anas.goto(`/workflows/${id}`);
  await seen(card(anas, 'First'));
  const { page: bens } = await browser.person({ as: ben });
  await bens.goto(`/workflows/${id}`);
  await seen(bens.getByText('Ana is editing this workflow.'));
  await seen(readOnly(bens));

  await nameWorkflow(anas, 'Seen by Ben');
  await draftSaved(anas);
  await expect.poll(() => nameOf(bens)).toBe('Seen by Ben');

  await card(bens, 'First').click();
  await expect.poll(() => panel(bens, 'First').getByLabel('Fields, name 1').isDisabled()).toBe(true);
  await card(bens, 'First').press('Delete');
  await seen(card(bens, 'First'));
  await seen(panel(bens, 'First'));
  for (const name of ['Add a step', 'Add a note', 'Tidy up'])
    expect(await bens.getByRole('button', { name, exact: true }).first().isDisabled()).toBe(true);
  await card(bens, 'First').click({ button: 'right' });
  await seen(bens.getByRole('menuitem', { name: /^Open/ }));
  expect(await bens.getByRole('menuitem', { name: /^(Delete|Duplicate)/ }).count()).toBe(0);
  await bens.keyboard.press('Escape');
  expect(await bens.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);

  await bens.getByRole('button', { name: 'Ask to take over' }).click();
  await anas.getByRole('button', { name: 'Hand over' }).click();
  await seen(anas.getByText('Ben is editing this workflow.'));
  await gone(readOnly(bens));
  await nameWorkflow(bens, 'By Ben');
  await expect.poll(() => nameOf(anas)).toBe('By Ben');
});

it('offers to take over from who is idle, stays with who reloads, and frees what a closed tab left', async () => {
  const id = await create('Idle');
  const { page: anas } = await browser.person();
  await anas.goto(`/workflows/${id}`);
  await seen(card(anas, 'First'));
  // Back with the server, and counted as active for the last time.
  await Promise.all([anas.waitForResponse(/\/editing$/), anas.reload()]);
  const { page: bens } = await browser.person({ as: ben });
  await bens.goto(`/workflows/${id}`);
  await seen(card(anas, 'First'));
  await seen(bens.getByText('Ana is editing this workflow.'));
  await gone(readOnly(anas));

  await pass(id, 61, 'active_at');
  await bens.getByRole('button', { name: 'Take over', exact: true }).click();
  await gone(readOnly(bens));
  await seen(anas.getByText('Ben is editing this workflow.'));

  await bens.close({ runBeforeUnload: true });
  // At the latest when its silence is noticed.
  await readOnly(anas).waitFor({ state: 'hidden', timeout: 60_000 });
  await nameWorkflow(anas, 'Ana again');
  await draftSaved(anas);
});

it('tells a person who edits in another tab, and lets them take over there', async () => {
  const id = await create('Two tabs');
  const person = await browser.person();
  await person.page.goto(`/workflows/${id}`);
  await seen(card(person.page, 'First'));
  const second = await person.tab();
  await second.goto(`/workflows/${id}`);
  await seen(second.getByText('You are editing this workflow in another tab.'));
  await card(second, 'First').click();
  const name = panel(second, 'First').getByLabel('Name of the step');
  expect(await name.isEditable()).toBe(false);
  await second.getByRole('button', { name: 'Take over', exact: true }).click();
  await seen(readOnly(person.page));
  await expect.poll(() => name.isEditable()).toBe(true);
  await nameWorkflow(second, 'Second tab');
  await expect.poll(() => nameOf(person.page)).toBe('Second tab');
});

it('switches restoring and pinning off where another tab edits, and says why', async () => {
  const id = await create('Only looked at');
  await wfaib.call('POST', `/api/workflows/${id}/publish`, {});
  const { body: run } = await wfaib.call<{ id: string }>('POST', '/api/runs?wait=20s', { workflowId: id });
  const person = await browser.person();
  await person.page.goto(`/workflows/${id}`);
  await seen(card(person.page, 'First'));
  const second = await person.tab();
  await second.goto(`/workflows/${id}?run=${run.id}`);
  await seen(second.getByText('You are editing this workflow in another tab.'));
  const restore = second.getByRole('button', { name: 'Restore to draft' });
  const pin = second.getByRole('button', { name: /^Pin: use this output/ });
  const pinPast = second.getByRole('button', { name: 'Pin this output' });
  const expectOff = async (button: Locator) => {
    await seen(button);
    expect([await button.isDisabled(), await button.getAttribute('title')]).toEqual([
      true,
      'Not while somebody else edits',
    ]);
  };
  await second.getByRole('button', { name: 'More for this workflow' }).click();
  await second.getByRole('menuitem', { name: 'Versions' }).click();
  await expectOff(restore);
  await second.keyboard.press('Escape');
  await card(second, 'First').click();
  await second.getByRole('button', { name: 'Show data' }).click();
  await expectOff(pin);
  await second.getByRole('radio', { name: 'Past' }).click();
  await expectOff(pinPast);

  await second.getByRole('button', { name: 'Take over', exact: true }).click();
  await expect.poll(() => pinPast.isEnabled()).toBe(true);
  await second.getByRole('radio', { name: 'Output', exact: true }).click();
  await expect.poll(() => pin.isEnabled()).toBe(true);
});

it('keeps what was typed offline while somebody else took over and saved, and overwrites nothing when it is restored', async () => {
  const id = await create('Away');
  const ana = await browser.person();
  ana.expectStatus(409);
  const anas = ana.page;
  await anas.goto(`/workflows/${id}`);
  await nameWorkflow(anas, 'Before');
  await draftSaved(anas);
  await anas.context().setOffline(true);
  await nameWorkflow(anas, 'Typed offline');
  await seen(anas.locator('header').getByText('Offline'));

  await pass(id, 31, 'seen_at');
  const { page: bens } = await browser.person({ as: ben });
  await bens.goto(`/workflows/${id}`);
  await nameWorkflow(bens, 'By Ben');
  await draftSaved(bens);

  await anas.context().setOffline(false);
  await seen(anas.getByText('that were not saved are kept in this browser'));
  await expect.poll(() => nameOf(anas)).toBe('By Ben');
  expect(await anas.getByRole('button', { name: 'Overwrite theirs' }).isVisible()).toBe(false);
  await anas.reload();
  await seen(anas.getByText('that were not saved are kept in this browser'));
  await nameWorkflow(bens, 'By Ben again');
  await draftSaved(bens);
  await expect.poll(() => nameOf(anas)).toBe('By Ben again');
  await anas.reload();
  await seen(anas.getByText('that were not saved are kept in this browser'));

  await toldIdle(bens);
  await pass(id, 61, 'active_at');
  await anas.getByRole('button', { name: 'Take over', exact: true }).click();
  await seen(anas.getByText('The workflow was saved elsewhere since'));
  await anas.getByRole('button', { name: 'Restore', exact: true }).click();
  await seen(anas.getByText('By Ben, '));
  const stored = await wfaib.call<{ name: string }>('GET', `/api/workflows/${id}`);
  expect(stored.body.name).toBe('By Ben again');
  await anas.getByRole('button', { name: 'Keep mine as a copy' }).click();
  await expect.poll(() => nameOf(anas)).toBe('By Ben again');
  const { body } = await wfaib.call<{ items: { name: string }[] }>('GET', '/api/workflows?q=Typed offline');
  expect(body.items).toHaveLength(1);
});

it('refuses what the old tab saves after a take over, keeps it, and disturbs the new one with nothing', async () => {
  const id = await create('Taken');
  const person = await browser.person();
  person.expectStatus(409);
  const first = person.page;
  await first.goto(`/workflows/${id}`);
  await nameWorkflow(first, 'By the first');
  await draftSaved(first);
  const second = await person.tab();
  await second.goto(`/workflows/${id}`);
  await seen(second.getByText('You are editing this workflow in another tab.'));

  // The first tab does not hear of it until its save is refused.
  let hear: () => void = () => {};
  const heard = new Promise<void>((resolve) => (hear = resolve));
  await first.route('**/editing', async (route) => {
    await heard;
    await route.continue();
  });
  await second.getByRole('button', { name: 'Take over', exact: true }).click();
  await gone(readOnly(second));
  const refused = first.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.status() === 409);
  await nameWorkflow(first, 'Too late');
  await refused;
  hear();
  await seen(first.getByText('that were not saved are kept in this browser'));
  await expect.poll(() => nameOf(first)).toBe('By the first');

  await nameWorkflow(second, 'By the second');
  await draftSaved(second);
  expect(await second.getByRole('alert').count()).toBe(0);
});

it('says in the publish dialog who changed what, and keeps a note with the version', async () => {
  const id = await create('Signed');
  await wfaib.call('POST', `/api/workflows/${id}/publish`);
  const { page: bens } = await browser.person({ as: ben });
  await bens.goto(`/workflows/${id}`);
  await card(bens, 'First').click();
  await panel(bens, 'First').getByLabel('Fields, value of greeting', { exact: true }).fill('hello, Ben');
  await draftSaved(bens);
  await bens.close();

  const { page } = await browser.person();
  await pass(id, 31, 'seen_at');
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Publish 1 change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  await seen(
    dialog
      .getByRole('listitem')
      .filter({ hasText: 'First' })
      .getByText(/^Ben, /),
  );
  await dialog.getByLabel('Note (optional)').fill('Greets Ben');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await gone(dialog);

  await page.getByRole('button', { name: 'More for this workflow' }).click();
  await page.getByRole('menuitem', { name: 'Versions' }).click();
  const note = page.getByLabel('Note on version 2');
  await expect.poll(() => note.inputValue()).toBe('Greets Ben');
  await note.fill('Greets Ben by name');
  await note.press('Enter');
  await expect
    .poll(async () => (await wfaib.call('GET', `/api/workflows/${id}/versions/2`)).body['note'])
    .toBe('Greets Ben by name');
});
