import { expect, it } from 'vitest';
import { gone, seen } from '../support/browser.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage();

it('leads an administrator to the run on the pages of Temporal, which open what is sealed for them alone', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Seen from there',
    nodes: [
      { id: 's', name: 'Start', type: 'core.manual', position: [0, 0] },
      { id: 'b', name: 'Boss', type: 'core.approval', parameters: { title: 'Go on?' }, position: [280, 0] },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'b' } }],
    settings: { durability: 'standard' },
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  const run = await wfaib.call<{ runId: string }>('POST', '/api/runs?wait=0s', { workflowId: body.id });
  const { page, context } = await browser.person();
  await page.goto(`/runs/${run.body.runId}`);
  await seen(page.getByRole('treeitem', { name: /^Boss, Needs you/ }));
  await page.getByRole('button', { name: 'Durability' }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'open its page' }).click();
  const temporal = await opened;
  await seen(temporal.getByRole('heading', { name: new RegExp(`run:${run.body.runId}:1`) }));

  // Without the cookie of the person, nothing is opened.
  await seen(temporal.getByRole('button', { name: 'Codec Server could not connect' }));
  expect(await temporal.getByText('Seen from there').count()).toBe(0);

  await temporal.getByRole('button', { name: 'Codec Server could not connect' }).click();
  const dialog = temporal.getByRole('dialog', { name: 'Codec Server' });
  await dialog.getByText('Use my browser setting').click();
  await dialog.getByRole('textbox').fill(`${wfaib.url}/codec`);
  await dialog.getByText('Include cross-origin credentials').click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await gone(dialog);
  await temporal.reload();
  await temporal.getByRole('tab', { name: 'User Metadata' }).click();
  const [summary, details] = [0, 1].map((at) => temporal.frameLocator('iframe').nth(at));
  await seen(summary!.getByText('Seen from there'));
  await seen(details!.getByText('Boss: an approval'));
});
