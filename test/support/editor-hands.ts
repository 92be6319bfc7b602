import type { Locator, Page } from 'playwright-core';

/** What a person does in the editor, in the words of the screen. */
export const card = (page: Page, name: string): Locator =>
  page.locator('[data-step]').filter({ has: page.getByText(name, { exact: true }) });

export const panel = (page: Page, name: string): Locator => page.getByLabel(`Step ${name}`, { exact: true });

/** Picks a step in the open picker. */
export async function pick(page: Page, label: string): Promise<void> {
  const picker = page.getByRole('dialog', { name: 'Add a step' });
  await picker.getByRole('combobox').fill(label);
  await picker
    .getByRole('option')
    .filter({ has: page.getByText(label, { exact: true }) })
    .first()
    .click();
  await picker.waitFor({ state: 'hidden' });
}

/** Clicks the plus behind a step and picks what follows it. */
export async function addAfter(page: Page, name: string, label: string, port?: string): Promise<void> {
  await page.getByRole('button', { name: `Add a step after ${name}${port ? `, ${port}` : ''}`, exact: true }).click();
  await pick(page, label);
}

/** Connects the step that has the focus to another, by keyboard. */
export async function connectTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('c');
  const box = page.getByRole('dialog', { name: /^Connect/ });
  await box.getByRole('combobox').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(name);
  await box.getByRole('option', { selected: true }).filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'hidden' });
}

/** Adds a row to the fields of a Set step. */
export async function setField(page: Page, step: string, name: string, value: string): Promise<void> {
  const form = panel(page, step);
  await form.getByRole('button', { name: 'Add field' }).click();
  const rows = form.getByLabel(/^Fields, name/);
  await rows.last().fill(name);
  await form.getByLabel(`Fields, value of ${name}`, { exact: true }).click();
  await page.keyboard.type(value);
}

/** Makes an empty workflow from the list and opens it. Answers its id. */
export async function newWorkflow(page: Page): Promise<string> {
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'New workflow' }).first().click();
  await page.waitForURL(/\/workflows\/.+/);
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Renames the open workflow. */
export async function nameWorkflow(page: Page, name: string): Promise<void> {
  const field = page.getByLabel('Name of the workflow');
  await field.fill(name);
  await field.press('Enter');
}

/** Waits until the server has the draft. */
export const draftSaved = (page: Page): Promise<void> =>
  page.locator('header').getByRole('status').filter({ hasText: 'Draft saved' }).waitFor();

/** Pastes as a person does, whatever the browser says about the clipboard. */
export const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(text)});
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }`);

/** What copying puts on the clipboard. */
export const copied = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const clipboardData = new DataTransfer();
    document.body.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData('text/plain');
  })()`);
