import { afterAll, expect, it } from 'vitest';
import { gone, seen } from '../support/browser.js';
import { expectAccessible } from '../support/page-checks.js';
import { setStage } from '../support/stage.js';
import { startTestMailServer } from '../support/mail-server.js';

const mail = await startTestMailServer();
mail.refuse(550, 1);
afterAll(() => mail.stop());
const { wfaib, browser } = await setStage({ env: { WFAIB_SMTP_URL: mail.url } });

it('leads somebody new from the first page to a green run', async () => {
  const { page } = await browser.person();
  await page.goto('/');
  await seen(page.getByText(/No run failed within a day/));
  await page.getByRole('link', { name: 'Open the sample' }).click();
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('Sum up, Summarize, done'));
  await page.getByRole('link', { name: 'Open run' }).click();
  await seen(page.locator('header').first().getByText('Done'));
  await seen(page.getByText('5 done'));
});

it('shows what failed on the first page', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Out of stock',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual' },
      { id: 'x', name: 'Stop', type: 'core.stop', parameters: { message: 'No more pens' } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'x' } }],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  await wfaib.call('POST', '/api/runs?wait=20s', { workflowId: body.id });
  const { page } = await browser.person();
  await page.goto('/');
  await page.getByRole('link', { name: /Out of stock.*No more pens/ }).click();
  await seen(page.getByText('Failed at “Stop”.'));
});

it('pauses a schedule with a reason, lets it go on, and starts it now', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Nightly',
    nodes: [
      { id: 'c', name: 'Every night', type: 'core.schedule', parameters: { cron: ['0 2 * * *'] } },
      { id: 'n', name: 'Do it', type: 'core.noop' },
    ],
    connections: [{ from: { node: 'c' }, to: { node: 'n' } }],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  const { page } = await browser.person();
  await page.goto('/schedules');
  await page.getByRole('button', { name: 'More about Nightly, Every night' }).click();
  await page.getByLabel('Why it is paused').fill('Stock-taking');
  await page.getByRole('button', { name: 'Pause' }).click();
  await seen(page.getByText('Paused: Stock-taking'));
  await page.getByRole('button', { name: 'Resume' }).click();
  await seen(page.getByRole('button', { name: 'Pause' }));
  await page.getByRole('button', { name: 'Start now' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Nightly' }).getByRole('link', { name: 'Done' }).first().click();
  await seen(page.getByRole('treeitem', { name: /^Do it, Done/ }));
});

it('puts workflows into a folder, finds them there, and says which cannot be deleted', async () => {
  for (const name of ['Invoices', 'Quotes']) {
    const nodes = [{ id: 's', name: 'Start', type: 'core.manual' }];
    const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
      wfaib: 1,
      name,
      nodes,
      connections: [],
    });
    if (name === 'Quotes') await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  }
  const { page, expectStatus } = await browser.person();
  await page.goto('/workflows');
  await page.getByLabel('Choose Invoices').check();
  await page.getByLabel('Choose Quotes').check();
  await page.getByRole('button', { name: 'Move' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Folder').fill('Sales/Europe');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await seen(page.getByText('2 of 2 done'));
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Folder', { exact: true }).selectOption('Sales/Europe');
  await page.waitForURL(/folder=/);
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
  expectStatus(409);
  await page.getByLabel('Choose all workflows that are shown').check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete them' }).click();
  await seen(page.getByText('2 of 2 done, 1 could not be done'));
  await seen(page.getByText(/is live/));
});

/** Starts a run that asks people, and answers its id with the token of the approval. */
async function ask(parameters: object): Promise<{ runId: string; token: string }> {
  const document = {
    wfaib: 1,
    name: 'Refund',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual' },
      {
        id: 'a',
        name: 'Ask',
        type: 'core.approval',
        parameters: { title: '=Refund {{ $json.sum }} EUR?', ...parameters },
      },
      { id: 'e', name: 'Pay', type: 'core.noop' },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'a' } },
      { from: { node: 'a', port: 'approved' }, to: { node: 'e' } },
    ],
  };
  const { body } = await wfaib.call<{ runId: string }>('POST', '/api/runs', {
    document,
    input: { sum: 7, why: 'lamp' },
  });
  const path = `/api/runs/${body.runId}`;
  await expect.poll(async () => (await wfaib.call('GET', path)).body['status']).toBe('waiting');
  const { waits } = (await wfaib.call<{ waits: { token: string }[] }>('GET', path)).body;
  return { runId: body.runId, token: waits[0]!.token };
}

it('runs the live version of a workflow by hand, from the list, and shows the run', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Run by hand',
    nodes: [{ id: 's', name: 'Start', type: 'core.manual' }],
    connections: [],
  });
  const { page } = await browser.person();
  const menu = page.getByRole('button', { name: 'More for Run by hand' });
  await page.goto('/workflows');
  await menu.click();
  await seen(page.getByRole('menuitem', { name: 'Export' }));
  expect(await page.getByRole('menuitem', { name: 'Run the live version now' }).count()).toBe(0);
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  await page.reload();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Run the live version now' }).click();
  await page.waitForURL(/\/runs\/.+/);
  await seen(page.locator('header').first().getByText('Done'));
});

it('asks a person in the inbox, with the data and a form, and the run goes on with the decision', async () => {
  const { runId } = await ask({
    message: 'The lamp came broken.',
    form: [{ name: 'account', label: 'Account', kind: 'select', choices: ['main', 'reserve'], required: true }],
  });
  const { page, expectStatus } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await page.getByRole('link', { name: 'Look at it and decide' }).click();
  await seen(page.getByText('The lamp came broken.'));
  await seen(page.getByRole('link', { name: /Approvals\s*1 waiting for you/ }));
  await seen(page.getByText('lamp', { exact: true }));
  await expectAccessible(page);
  expectStatus(422);
  await page.getByRole('button', { name: 'Approve' }).click();
  await seen(page.getByRole('alert').filter({ hasText: '"Account" is needed to approve.' }));
  await page.getByLabel('Account').selectOption('reserve');
  await page.getByLabel('Comment').fill('as agreed');
  await page.getByRole('button', { name: 'Approve' }).click();
  const decisions = page.getByRole('list', { name: 'Decisions' });
  await seen(decisions.getByText('as agreed'));
  await seen(decisions.getByText('by owner@example.test,'));
  await seen(decisions.getByText('reserve'));
  await page.getByRole('link', { name: 'Open its run' }).click();
  await seen(page.locator('header').first().getByText('Done'));
  await page.getByRole('treeitem', { name: /^Ask, Done/ }).click();
  await seen(page.getByLabel('Details of Ask').getByText(/owner@example.test approved it/));
  await page.goto('/approvals');
  await seen(page.getByRole('heading', { name: 'Nothing to decide' }));
  await page
    .getByRole('radio', { name: 'Decided' })
    .or(page.getByRole('button', { name: 'Decided' }))
    .click();
  await seen(page.getByRole('listitem').filter({ hasText: 'Refund 7 EUR?' }).getByText('Approved'));
  await expectAccessible(page);
});

it('lets somebody without an account decide by a link, on a phone', async () => {
  const { runId, token } = await ask({ message: 'Is it true?' });
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const { page } = await browser.person({ signedIn: false, ...phone });
  await page.goto(`/resume/${token}`);
  await seen(page.getByRole('heading', { name: 'Refund 7 EUR?' }));
  await expectAccessible(page);
  expect((await wfaib.call('GET', `/api/runs/${runId}`)).body['status']).toBe('waiting');
  await page.getByRole('button', { name: 'Reject' }).click();
  await seen(page.getByRole('status').getByText('Rejected'));
  await expect(page.getByRole('button', { name: 'Approve' }).count()).resolves.toBe(0);
  expect((await wfaib.call('GET', `/api/runs/${runId}?wait=10s`)).body['status']).toBe('succeeded');
});

it('shows a mail that could not be sent on the health page, and deletes it', async () => {
  await ask({ approvers: ['ana@refused.test'] });
  const { page } = await browser.person();
  await page.goto('/settings/health');
  await seen(page.getByRole('heading', { name: 'Jobs that failed for good' }));
  await seen(page.getByText(/refused the mail to ana@refused.test/));
  await page.getByRole('button', { name: 'Delete' }).click();
  await gone(page.getByRole('heading', { name: 'Jobs that failed for good' }));
});
