import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { seen, startBrowser } from '../support/browser.js';
import type { BrowserSession } from '../support/browser.js';
import { card } from '../support/editor-hands.js';
import { startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';
import { startReceiver } from '../support/receiver.js';
import type { Receiver } from '../support/receiver.js';

let wfaib: Installation;
let browser: BrowserSession;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  wfaib = await startInstallation();
  browser = await startBrowser(wfaib);
});
afterEach(({ task }) => browser.endTest(task));
afterAll(async () => {
  await browser?.stop();
  await wfaib?.stop();
  await receiver?.stop();
});

type Step = [id: string, name: string, type: string, parameters?: Record<string, unknown>];

/** Makes and publishes a chain of steps. Answers its id. */
async function aWorkflow(name: string, steps: Step[], settings: Record<string, unknown> = {}): Promise<string> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: steps.map(([id, label, type, parameters = {}], index) => ({
      id,
      name: label,
      type,
      parameters,
      position: [index * 280, 0],
    })),
    connections: steps.slice(1).map(([to], index) => ({ from: { node: steps[index]![0] }, to: { node: to } })),
    settings,
  });
  expect(await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {})).toMatchObject({ status: 200 });
  return body.id;
}

const start = async (workflowId: string, wait = '20s') =>
  (
    await wfaib.call<{ runId?: string; id?: string }>('POST', `/api/runs?wait=${wait}`, {
      workflowId,
      input: { order: 7 },
    })
  ).body;

it('lets a person decide about a step that failed while the run waits, and warns before it stops one at once', async () => {
  const steps: Step[] = [
    ['s', 'Start', 'core.manual'],
    ['a', 'Broken call', 'http.request', { method: 'POST', url: `${receiver.url}/broken`, body: '={{ $json }}' }],
    ['n', 'After it', 'core.set', { fields: { after: 'yes' } }],
  ];
  const id = await aWorkflow('Asks a person', steps, { onFailure: 'pause' });
  receiver.status = 503;
  const runs = [await start(id, '0s'), await start(id, '0s')];
  const { page } = await browser.person();
  await page.goto(`/runs/${runs[0]!.runId}`);
  const decision = page.getByRole('region', { name: 'To be decided' });
  await seen(decision.getByText('“Broken call” failed, and the run waits for your decision.'));
  receiver.status = 200;
  await decision.getByLabel(/as JSON/).fill('[{ "json": { "by": "hand" } }]');
  await decision.getByRole('button', { name: 'Use this data' }).click();
  await seen(page.getByRole('treeitem', { name: /^After it, Done/ }));
  await expect.poll(() => decision.count()).toBe(0);

  await page.goto(`/runs/${runs[1]!.runId}`);
  await seen(decision);
  await page.getByRole('button', { name: 'Stop now…' }).click();
  await seen(page.getByText(/nothing that was done is undone/));
  await page.getByRole('button', { name: 'Stop now', exact: true }).click();
  await seen(page.getByRole('button', { name: 'Retry' }));
});

it('opens a failed run at the failed step, and retries from there without doing the rest again', async () => {
  const id = await aWorkflow('Fails at first', [
    ['s', 'Start', 'core.manual'],
    ['a', 'First call', 'http.request', { method: 'POST', url: `${receiver.url}/first`, body: '={{ $json }}' }],
    ['b', 'Second call', 'http.request', { method: 'POST', url: `${receiver.url}/second`, body: '={{ $json }}' }],
  ]);
  const refuse = startRefusing('/second');
  await start(id);
  refuse.stop();

  const { page } = await browser.person();
  await page.goto('/runs');
  await page.getByRole('row').filter({ hasText: 'Fails at first' }).getByRole('link').click();
  await seen(page.getByText('Failed at “Second call”.'));
  const details = page.getByLabel('Details of Second call');
  await seen(details.getByText(/answered 503/));
  await seen(page.getByRole('treeitem', { name: /^Second call, Failed/, selected: true }));

  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('menuitem', { name: 'From the failed step, same version' }).click();
  await seen(page.getByRole('link', { name: /^retry of/ }));
  await seen(page.getByRole('treeitem', { name: /^Second call, Done/ }));
  await seen(page.locator('header').first().getByText('Done'));
  expect(receiver.ledger.filter(({ path }) => path === '/first')).toHaveLength(1);
});

it('shows how far a step is while it works', async () => {
  const code = "progress(0.4, 'counting'); for (const end = Date.now() + 5000; Date.now() < end; ); return {};";
  const id = await aWorkflow('Takes a while', [
    ['s', 'Start', 'core.manual'],
    ['c', 'Count', 'core.code', { code, timeoutMs: 20_000 }],
  ]);
  const { runId } = await start(id, '0s');
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await seen(page.getByRole('treeitem', { name: /^Count, Running, 40 % · counting · for / }));
  await seen(page.getByRole('progressbar', { name: 'How far it is' }));
  await seen(page.getByRole('treeitem', { name: /^Count, Done/ }));
  expect(await page.getByRole('progressbar').count()).toBe(0);
});

it('looks back at any event of a run, and goes on from there in a new one', async () => {
  const id = await aWorkflow('Looked back at', [
    ['s', 'Start', 'core.manual'],
    ['a', 'Double', 'core.set', { fields: { order: '={{ $json.order * 2 }}' } }],
    ['w', 'A moment', 'core.wait', { for: '100ms' }],
    ['b', 'Add one', 'core.set', { fields: { order: '={{ $json.order + 1 }}' } }],
  ]);
  const { id: runId } = await start(id);
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'History' }).click();
  const events = page.getByRole('listbox', { name: 'Events of the run' });
  await seen(events.getByRole('option', { name: /The run ended well/, selected: true }));
  await events.press('Home');
  const moment = page.getByRole('region', { name: 'The run at this moment' });
  await seen(moment.getByText('A run began at "Start" with 1 item'));
  await events.getByRole('option', { name: /"A moment" waits until/ }).click();
  await seen(moment.getByText('Waiting', { exact: true }));
  await moment.getByRole('button', { name: /^Double/ }).click();
  await seen(moment.getByText(/"order": 14/));
  expect(await moment.getByRole('button', { name: /^Add one/ }).count()).toBe(0);

  await moment.getByRole('button', { name: 'Edit what “Double” gets and go on' }).click();
  const dialog = page.getByRole('dialog');
  await seen(dialog.getByText('"order"'));
  await dialog.getByRole('textbox').fill('[{ "order": 50 }]');
  await dialog.getByRole('button', { name: 'Start a new run' }).click();
  await seen(page.getByRole('link', { name: /^retry of/ }));
  await seen(page.getByRole('treeitem', { name: /^Add one, Done/ }));
  await expect
    .poll(async () => {
      const again = await wfaib.call<{ result: { items: { json: object }[] } }>(
        'GET',
        `/api/runs/${page.url().split('/runs/')[1]!.split('?')[0]!}`,
      );
      return again.body.result?.items[0]?.json;
    })
    .toEqual({ order: 101 });
});

/** Lets the receiver refuse everything that comes to a path. */
function startRefusing(path: string) {
  const watch = setInterval(() => (receiver.status = receiver.ledger.at(-1)?.path === path ? 503 : 200), 1);
  return { stop: () => (clearInterval(watch), (receiver.status = 200)) };
}

it('cancels a run that waits long', async () => {
  const id = await aWorkflow('Waits long', [
    ['s', 'Start', 'core.manual'],
    ['w', 'A day', 'core.wait', { for: '1d' }],
    ['e', 'After', 'core.noop'],
  ]);
  const { runId } = await start(id, '0s');
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await seen(page.getByText(/^Waiting at “A day” until/));
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await seen(page.locator('header').first().getByText('Cancelled'));
  await seen(page.getByRole('treeitem', { name: /^A day, Cancelled/ }));
  await page.goto(`/runs?status=cancelled&workflowId=${id}`);
  await seen(page.getByRole('row').filter({ hasText: 'Waits long' }));
});

it('stops a test from the editor', async () => {
  const id = await aWorkflow('Stops', [
    ['s', 'Start', 'core.manual'],
    ['w', 'An hour', 'core.wait', { for: '1h' }],
  ]);
  const { page } = await browser.person();
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('An hour, Wait, waiting'));
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await seen(page.getByLabel('An hour, Wait, cancelled'));
  await seen(page.getByRole('button', { name: 'Test workflow' }));
});

it('shows a run of durability standard, on Temporal, step by step', async () => {
  const id = await aWorkflow(
    'On Temporal',
    [
      ['s', 'Start', 'core.manual'],
      ['h', 'Call', 'http.request', { method: 'POST', url: `${receiver.url}/temporal`, body: '={{ $json }}' }],
      ['t', 'Total', 'core.set', { fields: { total: '={{ $json.received + 1 }}' } }],
    ],
    { durability: 'standard' },
  );
  const { page } = await browser.person();
  await page.goto(`/workflows/${id}`);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await seen(page.getByLabel('Total, Set fields, done'));
  await page.getByRole('link', { name: 'Open run' }).click();
  await seen(page.getByRole('treeitem', { name: /^Call, Done/ }));
  await page.getByRole('button', { name: 'Durability' }).click();
  await seen(page.getByText('Temporal', { exact: true }));
  await seen(page.getByText('standard', { exact: true }));
});

it('shows a run on the canvas of its workflow, with the items on the connections', async () => {
  const id = await aWorkflow('Counted', [
    ['s', 'Start', 'core.manual'],
    ['c', 'Three', 'core.code', { code: 'return [1, 2, 3].map((n) => ({ n }));' }],
    ['l', 'Two', 'core.limit', { max: 2 }],
  ]);
  const { id: runId } = await start(id);
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'Open in editor' }).click();
  await seen(card(page, 'Two').getByText('· 2'));
  await seen(page.locator('.react-flow__edgelabel-renderer').getByText('3', { exact: true }));
  await card(page, 'Three').click();
  await page.getByRole('button', { name: 'Show data' }).click();
  await seen(page.getByLabel('Data of Three').getByText('3 items'));
});

/** Runs a loop over `count` customers; one of them fails and the loop goes on. Answers the id of the run. */
async function aLoop(count: number, fails: number): Promise<string> {
  const code = `if ($input.all()[0].json.n === ${fails}) throw new Error('Customer ${fails} is locked'); return $input.all();`;
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/runs?wait=60s', {
    document: {
      wfaib: 1,
      name: `Loop of ${count}`,
      nodes: [
        { id: 's', name: 'Start', type: 'core.manual' },
        {
          id: 'm',
          name: 'Customers',
          type: 'core.code',
          parameters: { code: `return Array.from({ length: ${count} }, (_, n) => ({ n }));` },
        },
        { id: 'l', name: 'Each customer', type: 'core.loop' },
        { id: 'c', name: 'Score', type: 'core.code', parameters: { code }, onError: 'continue' },
      ],
      connections: [
        { from: { node: 's' }, to: { node: 'm' } },
        { from: { node: 'm' }, to: { node: 'l' } },
        { from: { node: 'l', port: 'loop' }, to: { node: 'c' } },
        { from: { node: 'c' }, to: { node: 'l', port: 'next' } },
      ],
    },
  });
  return body.id;
}

it('shows a loop as a strip, finds the iteration that failed, and keeps the choice in the address', async () => {
  const runId = await aLoop(300, 217);
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await seen(page.getByText('299 done'));
  await page.getByLabel('Only troubled').check();
  await page.getByRole('button', { name: 'Next iteration of Each customer' }).click();
  const details = page.getByLabel('Details of Score');
  await seen(details.getByText('iteration 218'));
  await seen(details.getByText(/^Customer 217 is locked/));
  await page.waitForURL(/iter=218/);
  await page.keyboard.press('.');
  await seen(details.getByText('iteration 219'));
  await page.reload();
  await seen(details.getByText('iteration 219'));
  await page.getByRole('button', { name: 'All visits' }).click();
  await seen(page.getByText('603 visits'));
  await page.getByLabel('Failed or retried').check();
  await page.getByRole('option', { name: 'Score 218, Failed' }).click();
  await seen(details.getByText('iteration 218'));
});

it('edits the input of a step and runs from there, then compares the two runs', async () => {
  const id = await aWorkflow('Edited', [
    ['s', 'Start', 'core.manual'],
    ['a', 'Double', 'core.set', { fields: { twice: '={{ $json.order * 2 }}' }, keep: 'none' }],
    ['f', 'Only large', 'core.filter', { condition: '={{ $json.twice > 100 }}' }],
    ['e', 'End', 'core.noop'],
  ]);
  const { id: runId } = await start(id);
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}?step=a`);
  await page.getByRole('button', { name: 'Edit its input and run' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('[{ "order": 99 }]');
  await dialog.getByRole('button', { name: 'Start a new run' }).click();
  await seen(page.getByRole('link', { name: /^retry of/ }));
  await seen(page.getByRole('treeitem', { name: /^End, Done/ }));
  await page.getByRole('link', { name: 'compare the two' }).click();
  await seen(page.getByText(/They go apart at/));
});

it('retries many runs at once and says which could not be', async () => {
  const id = await aWorkflow('Many', [
    ['s', 'Start', 'core.manual'],
    ['x', 'Stop', 'core.stop', { message: 'No stock' }],
  ]);
  for (let run = 0; run < 3; run++) await start(id);
  const { page, expectStatus } = await browser.person();
  await page.goto(`/runs?workflowId=${id}&q=stock`);
  await page.getByLabel('Choose all runs that are shown').check();
  await page.getByRole('button', { name: 'Retry 3' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry them' }).click();
  await seen(page.getByText('3 of 3 done'));
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(7);
  expectStatus(500);
  await page.route('**/retry', (route) => route.fulfill({ status: 500, json: { message: 'The disk is full.' } }));
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Retry 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry them' }).click();
  await seen(page.getByText('1 of 1 done, 1 could not be done'));
  await seen(page.getByText(/The disk is full/));
});

it('deletes runs after a question, from their page and from the list', async () => {
  const id = await aWorkflow('Forgotten', [['s', 'Start', 'core.manual']]);
  const runs: string[] = [];
  for (let run = 0; run < 3; run++) runs.push((await start(id)).id!);
  const { page } = await browser.person();
  await page.goto(`/runs/${runs[0]}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete run' }).click();
  await seen(page.getByText('The run is deleted.'));
  expect((await wfaib.call('GET', `/api/runs/${runs[0]}`)).status).toBe(404);
  await page.goto(`/runs?workflowId=${id}`);
  await page.getByLabel('Choose all runs that are shown').check();
  await page.getByRole('button', { name: 'Delete 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete them' }).click();
  await seen(page.getByText('No run matches'));
  expect((await wfaib.call('GET', `/api/runs/${runs[2]}`)).status).toBe(404);
});
