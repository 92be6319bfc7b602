import { expect, it } from 'vitest';
import { gone, seen } from '../support/browser.js';
import { card, panel } from '../support/editor-hands.js';
import { colourViolationsOf, violationsOf } from '../support/page-checks.js';
import { startReceiver } from '../support/receiver.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage();
const workflowId = await aWorkflow('Accessible');

/** Makes a workflow that calls this very server. Answers its id. */
async function aWorkflow(name: string): Promise<string> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      {
        id: 'h',
        name: 'Call',
        type: 'http.request',
        position: [280, 0],
        parameters: { url: `${wfaib.url}/health/live` },
      },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'h' } }],
  });
  return body.id;
}

it('makes a credential, uses it in a step, changes it without seeing it again, and deletes it', async () => {
  const { page } = await browser.person();
  await page.goto('/credentials');
  await page.getByRole('button', { name: 'New credential' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New credential' });
  await dialog.getByLabel('Kind').selectOption({ label: 'Bearer token' });
  await dialog.getByLabel('Name', { exact: true }).fill('Warehouse API');
  await dialog.getByRole('textbox', { name: 'Token' }).fill('seen by nobody');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await gone(dialog);

  await page.goto(`/workflows/${await aWorkflow('Uses a credential')}`);
  await card(page, 'Call').click();
  await panel(page, 'Call')
    .getByRole('combobox', { name: /credential|auth/i })
    .first()
    .selectOption({ label: 'Warehouse API' });
  await page.keyboard.press('Control+S');
  await seen(page.getByText('Draft saved.'));

  await page.goto('/credentials');
  await page.getByRole('button', { name: 'Warehouse API', exact: true }).click();
  const edit = page.getByRole('dialog', { name: /Edit/ });
  expect(await edit.getByRole('textbox', { name: 'Token' }).inputValue()).toBe('');
  await edit.getByLabel('Name', { exact: true }).fill('Warehouse API, new');
  await edit.getByRole('button', { name: 'Save' }).click();
  await gone(edit);
  await page.getByRole('button', { name: 'More for Warehouse API, new' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete credential' }).click();
  await seen(page.getByText('No credentials yet'));
  expect(await page.content()).not.toContain('seen by nobody');
});

it('says what a database answered when a credential is tried', async () => {
  const { page } = await browser.person();
  const values = { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'p' };
  await wfaib.call('POST', '/api/credentials', { name: 'Nowhere', kind: 'postgres.connection', values });
  await page.goto('/credentials');
  await page.getByRole('row').filter({ hasText: 'Nowhere' }).getByRole('button', { name: 'Test' }).click();
  await seen(page.getByRole('alert').filter({ hasText: 'Nowhere' }));
});

it('says in the list of workflows and on home which credential was refused, and in the list which one is gone', async () => {
  const { page } = await browser.person();
  const values = { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'p' };
  const credential = { name: 'Out of order', kind: 'postgres.connection', values };
  const { body: made } = await wfaib.call<{ id: string }>('POST', '/api/credentials', credential);
  await wfaib.call('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Asks a database',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual' },
      {
        id: 'q',
        name: 'Query',
        type: 'postgres.query',
        parameters: { sql: 'SELECT 1' },
        credentials: { auth: made.id },
      },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'q' } }],
  });
  const row = page.getByRole('row').filter({ hasText: 'Asks a database' });
  await page.goto('/workflows');
  await seen(row);
  expect(await row.getByText(/^Credential/).count()).toBe(0);

  await wfaib.call('POST', `/api/credentials/${made.id}/test`, {});
  await page.reload();
  await seen(row.getByText('Credential refused'));
  expect(await row.getByText('Credential refused').getAttribute('title')).toContain('Query');
  await page.goto('/');
  await seen(page.getByText(/^Refused by their service when they were tested last: .*Out of order/));

  await wfaib.call('DELETE', `/api/credentials/${made.id}`);
  await page.goto('/workflows');
  await seen(row.getByText('Credential deleted'));
  await page.goto('/');
  await seen(page.getByRole('heading', { level: 1 }));
  await gone(page.getByText('Out of order'));
});

it('makes an API key that works, and deletes it', async () => {
  const { page } = await browser.person();
  await page.goto('/settings');
  await page.getByLabel('Name of the new key').fill('Nightly job');
  await page.getByRole('button', { name: 'New key' }).click();
  const fresh = page.getByRole('status').filter({ hasText: 'Copy it now' });
  const key = (await fresh.locator('code').textContent())!;
  const ask = async () =>
    (await wfaib.call('GET', '/api/workflows', undefined, { authorization: `Bearer ${key}` })).status;
  expect(await ask()).toBe(200);
  await fresh.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Delete Nightly job' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete key' }).click();
  await gone(page.getByText('Nightly job'));
  expect(await ask()).toBe(401);
});

it('says how the installation is and what to do about it, and keeps variables', async () => {
  const person = await browser.person();
  person.expectStatus(400);
  const { page } = person;
  await page.goto('/settings');
  await page.getByRole('link', { name: /^Health/ }).click();
  await seen(page.getByRole('listitem').filter({ hasText: 'Database' }).filter({ hasText: 'PostgreSQL' }));
  await seen(page.getByText('No back-up is known.'));
  await seen(page.getByRole('row').filter({ hasText: 'sandbox' }));
  await wfaib.call('POST', '/api/system/backups');
  await seen(page.getByText('The last one is from'));

  await page.goto('/variables');
  await page.getByRole('button', { name: 'New variable' }).first().click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('base url');
  await page.getByLabel('Value', { exact: true }).fill('https://one.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await seen(page.getByRole('alert').filter({ hasText: 'must begin with a letter' }));
  await page.getByRole('textbox', { name: /^Name/ }).fill('baseUrl');
  await page.getByRole('textbox', { name: /^Name/ }).press('Enter');
  await seen(page.getByRole('row').filter({ hasText: 'baseUrl' }).filter({ hasText: 'https://one.example' }));
  await page.getByRole('button', { name: 'baseUrl', exact: true }).click();
  await page.getByRole('radio', { name: 'JSON' }).click();
  await page.getByLabel('Value', { exact: true }).fill('{ "eu": "https://two.example" }');
  await page.getByRole('button', { name: 'Save' }).click();
  await seen(page.getByRole('row').filter({ hasText: '{"eu":"https://two.example"}' }));
  await page.getByRole('button', { name: 'Delete baseUrl' }).click();
  await page.getByRole('button', { name: 'Delete variable' }).click();
  await seen(page.getByRole('heading', { name: 'No variables yet' }));
});

it('turns dark and speaks German when asked, stays so after a reload, and follows the system otherwise', async () => {
  const { page } = await browser.person({ colorScheme: 'light' });
  const theme = () => page.locator('html').getAttribute('data-theme');
  await page.goto('/workflows');
  await seen(page.getByRole('link', { name: 'Accessible', exact: true }));
  expect(await theme()).not.toBe('dark');
  await page.getByRole('button', { name: 'You and the theme' }).click();
  await page.getByRole('menuitem', { name: 'Theme: dark' }).click();
  await expect.poll(theme).toBe('dark');
  await page.reload();
  await seen(page.getByRole('link', { name: 'Accessible', exact: true }));
  await expect.poll(theme).toBe('dark');
  await page.getByRole('button', { name: 'You and the theme' }).click();
  await page.getByRole('menuitem', { name: 'Language: Deutsch' }).click();
  await seen(page.getByRole('link', { name: 'Einstellungen' }));
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
  await page.reload();
  await seen(page.getByRole('link', { name: 'Einstellungen' }));
  const other = await browser.person({ colorScheme: 'dark' });
  await other.page.goto('/workflows');
  await expect.poll(() => other.page.locator('html').getAttribute('data-theme')).toBe('dark');
});

it('has a focus order that follows the page: skip link, navigation, page', async () => {
  const { page } = await browser.person();
  await page.goto('/workflows');
  await seen(page.getByRole('link', { name: 'Accessible', exact: true }));
  const order: string[] = [];
  for (let stop = 0; stop < 14; stop++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    order.push((await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '');
  }
  expect(order).toEqual([
    'Skip to the page',
    'WFAIB, home',
    'Workflows',
    'Runs',
    'Approvals',
    'Schedules',
    'Credentials',
    'Connectors',
    'Settings',
    'You and the theme',
    'Search workflows',
    'Templates',
    'Import',
    'New workflow',
  ]);
});

it('is accessible on every page, light and dark', { timeout: 420_000 }, async () => {
  const { page } = await browser.person({ colorScheme: 'light' });
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/runs?wait=20s', {
    workflowId,
    version: 'draft',
    mode: 'test',
  });
  const pages: [path: string, sign: () => Promise<void>][] = [
    ['/workflows', () => seen(page.getByRole('link', { name: 'Accessible', exact: true }))],
    ['/', () => seen(page.getByRole('heading', { name: 'Needs attention' }))],
    ['/schedules', () => seen(page.getByText('Nothing starts by the clock'))],
    ['/connectors', () => seen(page.getByRole('article', { name: 'HTTP' }))],
    ['/templates', () => seen(page.getByRole('button', { name: 'Use Your first run' }))],
    [`/runs/${body.id}?view=graph`, () => seen(page.getByRole('button', { name: /^Call, Done/ }))],
    [`/runs/${body.id}?view=visits`, () => seen(page.getByRole('option', { name: /^Call/ }))],
    [`/runs/${body.id}?view=logs`, () => seen(page.getByText('No step wrote anything'))],
    [`/runs/${body.id}?view=durability`, () => seen(page.getByText('Attempts and idempotency keys'))],
    ['/runs', () => seen(page.getByRole('row').nth(1))],
    [`/runs/${body.id}`, () => seen(page.getByRole('treeitem', { name: /^Call/ }))],
    ['/credentials', () => seen(page.getByRole('heading', { name: 'Credentials' }))],
    ['/settings', () => seen(page.getByRole('heading', { name: 'API keys' }))],
    ['/settings/health', () => seen(page.getByText('Last back-up'))],
    ['/variables', () => seen(page.getByRole('heading', { name: 'Variables' }))],
    ['/gallery', () => seen(page.getByRole('table'))],
    [
      `/workflows/${workflowId}?run=${body.id}`,
      async () => {
        await card(page, 'Call').click();
        await page.getByRole('button', { name: 'Show data' }).click();
        await seen(page.getByLabel('Data of Call').getByText('1 item'));
      },
    ],
  ];
  const found: string[] = [];
  for (const [path, sign] of pages) {
    await page.goto(path);
    await sign();
    found.push(...(await violationsOf(page)).map((violation) => `${path} ${violation}`));
    await page.emulateMedia({ colorScheme: 'dark' });
    await seen(page.locator('html[data-theme=dark]'));
    found.push(...(await colourViolationsOf(page)).map((violation) => `${path}, dark: ${violation}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  expect(found).toEqual([]);
});

it('makes a notification, shows its secret once, and sends a test that arrives', async () => {
  const receiver = await startReceiver();
  const { page } = await browser.person();
  await page.goto('/settings');
  await page.getByRole('link', { name: /^Notifications/ }).click();
  await page.getByRole('button', { name: 'New notification' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New notification' });
  await dialog.getByLabel('Name', { exact: true }).fill('Pager');
  await dialog.getByLabel('Address').fill(receiver.url);
  await dialog.getByLabel('A run succeeds').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await gone(dialog);
  await seen(page.getByRole('status').getByText('whsec_'));
  await page.getByRole('button', { name: 'Messages' }).click();
  const messages = page.getByRole('dialog', { name: 'Messages of “Pager”' });
  await messages.getByRole('button', { name: 'Send a test' }).click();
  await seen(messages.getByText('Arrived'));
  expect(receiver.ledger).toMatchObject([{ body: { type: 'test' } }]);
  await messages.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => receiver.ledger.length).toBe(2);
  await messages.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('button', { name: 'Delete Pager' }).click();
  await page.getByRole('button', { name: 'Delete notification' }).click();
  await seen(page.getByText('No notifications yet'));
  await receiver.stop();
});
