import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { boxOf, gone, seen } from '../support/browser.js';
import { card } from '../support/editor-hands.js';
import { expectAccessible } from '../support/page-checks.js';
import { setStage } from '../support/stage.js';
import { startReceiver } from '../support/receiver.js';
import { storeRuns } from '../support/store-runs.js';
import { noteUnknownEvent } from '../support/unknown-event.js';

const receiver = await startReceiver();
afterAll(() => receiver.stop());
const { wfaib, browser } = await setStage();

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
  for (const { runId } of runs)
    await expect
      .poll(async () => (await wfaib.call<{ status: string }>('GET', `/api/runs/${runId}`)).body.status)
      .toBe('paused');
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
  await seen(page.getByRole('button', { name: 'Retry…' }));
});

it('opens a failed run at the failed step, and retries from there without doing the rest again', async () => {
  const id = await aWorkflow('Fails at first', [
    ['s', 'Start', 'core.manual'],
    ['a', 'First call', 'http.request', { method: 'POST', url: `${receiver.url}/first`, body: '={{ $json }}' }],
    ['b', 'Second call', 'http.request', { method: 'POST', url: `${receiver.url}/second`, body: '={{ $json }}' }],
  ]);
  receiver.trouble = ({ path }, response) => path === '/second' && response.writeHead(503).end() !== undefined;
  await start(id);
  receiver.trouble = undefined;

  const { page } = await browser.person();
  await page.goto('/runs');
  await page.getByRole('row').filter({ hasText: 'Fails at first' }).getByRole('link').click();
  await seen(page.getByText('Failed at “Second call”.'));
  const details = page.getByLabel('Details of Second call');
  await seen(details.getByText(/answered 503/));
  await seen(page.getByRole('treeitem', { name: /^Second call, Failed/, selected: true }));

  await page.getByRole('button', { name: 'Retry…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry this run' });
  await expect.poll(() => dialog.getByLabel('From the failed step “Second call”').isChecked()).toBe(true);
  await seen(dialog.getByRole('list', { name: /^Not done again/ }).getByText('First call'));
  await seen(dialog.getByRole('list', { name: /^Done again/ }).getByText(/^Second call/));
  await dialog.getByLabel('From the start, with the same input').check();
  await seen(dialog.getByText('Nothing: all of it is done again.'));
  await seen(dialog.getByRole('list', { name: /^Done again/ }).getByText(/^First call/));
  await dialog.getByLabel('From the failed step “Second call”').check();
  await seen(dialog.getByRole('list', { name: /^Not done again/ }).getByText('First call'));
  await dialog.getByRole('button', { name: 'Start the new run' }).click();
  await seen(page.getByRole('link', { name: /^retry of/ }));
  await seen(page.getByRole('treeitem', { name: /^Second call, Done/ }));
  await seen(page.locator('header').first().getByText('Done'));
  expect(receiver.ledger.filter(({ path }) => path === '/first')).toHaveLength(1);
});

it('shows how far a step is while it works', async () => {
  const code = "progress(0.4, 'counting'); for (;;);";
  const id = await aWorkflow('Takes a while', [
    ['s', 'Start', 'core.manual'],
    ['c', 'Count', 'core.code', { code, timeoutMs: 170_000 }],
  ]);
  const { runId } = await start(id, '0s');
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await seen(page.getByRole('treeitem', { name: /^Count, Running, 40 % · counting · for / }));
  await seen(page.getByRole('progressbar', { name: 'How far it is' }));
  await page.getByRole('button', { name: 'Stop now…' }).click();
  await page.getByRole('button', { name: 'Stop now', exact: true }).click();
  await seen(page.getByRole('treeitem', { name: /^Count, Cancelled/ }));
  await gone(page.getByRole('progressbar'));
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

it('says of a run that a newer version carried which version goes on with it, in the language of the person', async () => {
  const id = await aWorkflow('Waits long', [
    ['s', 'Start', 'core.manual'],
    ['w', 'Wait', 'core.wait', { webhook: true }],
  ]);
  const { runId } = await start(id, '0s');
  await expect
    .poll(async () => (await wfaib.call<{ status: string }>('GET', `/api/runs/${runId}`)).body.status)
    .toBe('waiting');
  const client = new Client({ connectionString: wfaib.environment()['DATABASE_URL'] });
  await client.connect();
  await client.query(noteUnknownEvent, [runId]);
  await client.end();
  const notices = [
    ['en', 'This run needs a newer version of WFAIB.'],
    ['de', 'Diese Ausführung braucht eine neuere Version von WFAIB.'],
  ] as const;
  for (const [locale, name] of notices) {
    const { page } = await browser.person({ locale });
    await page.goto(`/runs/${runId}`);
    await seen(page.getByRole('region', { name }).getByText('step.dreamt'));
  }
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
  await seen(card(page, 'Two').getByText('· 3 → 2'));
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

it('looks further back for what the newest of many runs are not', async () => {
  const rare = await aWorkflow('Rarely', [['s', 'Start', 'core.manual']]);
  const often = await aWorkflow('Often', [['s', 'Start', 'core.manual']]);
  await start(rare);
  await start(often);
  const { DATABASE_URL } = wfaib.environment();
  await storeRuns(DATABASE_URL!, { workflowId: often, count: 25_001, from: Date.now() + 1_000 });
  const { page } = await browser.person();
  await page.goto('/runs?q=rarely');
  await seen(page.getByText(/No run matches, back to: Today/));
  await page.getByRole('button', { name: 'Look further back' }).click();
  await seen(page.getByRole('link', { name: 'Rarely' }));
  await gone(page.getByRole('button', { name: 'Look further back' }));
  await page.goto('/runs');
  await seen(page.getByRole('button', { name: 'Show older runs' }));
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
  await seen(page.getByText('3 of 3 started again'));
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(7);
  expectStatus(500);
  await page.route('**/retry', (route) => route.fulfill({ status: 500, json: { message: 'The disk is full.' } }));
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Retry 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry them' }).click();
  await seen(page.getByText('0 of 1 started again, 1 could not be started'));
  await seen(page.getByText(/The disk is full/));
});

it('narrows time without work, zooms where one drags, and shows only what had trouble or the time before the start', async () => {
  const id = await aWorkflow('Mostly idle', [
    ['s', 'Start', 'core.manual'],
    ['w', 'Some seconds', 'core.wait', { for: '3s' }],
    ['c', 'Work', 'core.code', { code: 'for (const end = Date.now() + 400; Date.now() < end; ); return {};' }],
    ['x', 'No stock', 'core.stop', { message: 'No stock' }],
  ]);
  const { id: runId } = await start(id);
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  const timeline = page.getByRole('region', { name: 'Steps and timeline' });
  const gap = timeline.getByTitle(/^\d.* without work$/);
  await seen(gap);
  await timeline.getByRole('button', { name: 'Narrow time without work' }).click();
  await gone(gap);

  const axis = await boxOf(timeline.getByTitle('Drag to zoom in'));
  const end = () => timeline.getByTitle('Drag to zoom in').locator('span').last().textContent();
  const whole = await end();
  await page.mouse.move(axis.x + axis.width * 0.5, axis.y + axis.height / 2);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width * 0.75, axis.y + axis.height / 2, { steps: 5 });
  await page.mouse.up();
  await seen(timeline.getByRole('button', { name: 'Show the whole run' }));
  await expect.poll(end).not.toBe(whole);
  await timeline.getByRole('button', { name: 'Show the whole run' }).click();
  await expect.poll(end).toBe(whole);

  await timeline.getByText('Work', { exact: true }).click();
  await seen(page.getByLabel('Details of Work'));
  await timeline.getByRole('button', { name: 'Show the time before the start' }).click();
  await seen(timeline.getByTitle('Accepted, not started yet'));
  await timeline.getByRole('button', { name: /^Only steps that failed/ }).click();
  await expect
    .poll(() => timeline.getByRole('treeitem').allTextContents())
    .toEqual([expect.stringContaining('No stock')]);
});

it('draws the rows in sight of a timeline of many steps', async () => {
  const steps = Array.from({ length: 150 }, (_, n): Step => [`n${n}`, `Step ${n}`, 'core.noop']);
  const { id: runId } = await start(await aWorkflow('Many steps', [['s', 'Start', 'core.manual'], ...steps]));
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}?step=s`);
  await seen(page.getByRole('treeitem', { name: /^Step 3,/ }));
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  await page.getByRole('tree', { name: 'Steps' }).press('End');
  await seen(page.getByRole('treeitem', { name: /^Step 149,/, selected: true }));
});

it('shows how a run ends whose server was killed, on its page and in the editor, without a reload', async () => {
  const id = await aWorkflow(
    'Survives',
    [
      ['s', 'Start', 'core.manual'],
      ['w', 'A call', 'core.wait', { webhook: true }],
      ['e', 'End', 'core.set', { fields: { done: 'yes' } }],
    ],
    { durability: 'standard' },
  );
  const { runId } = await start(id, '0s');
  const { page, tab, expectStatus } = await browser.person();
  const editor = await tab();
  await Promise.all([page.goto(`/runs/${runId}`), editor.goto(`/workflows/${id}?run=${runId}`)]);
  await seen(page.getByRole('treeitem', { name: /^A call, Waiting/ }));
  await seen(editor.getByLabel('A call, Wait, waiting'));
  for (const one of [page, editor]) await one.evaluate('window.notReloaded = true');
  // While nobody listens, or not all is up yet, requests are refused.
  expectStatus(503);
  const { waits } = (await wfaib.call<{ waits: { token: string }[] }>('GET', `/api/runs/${runId}`)).body;
  const killed = wfaib.serverPid();
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => wfaib.serverPid()).not.toBe(killed);
  await wfaib.ready();
  expect(await wfaib.call('POST', `/resume/${waits[0]!.token}`, {})).toMatchObject({ status: 200 });
  await page.getByRole('treeitem', { name: /^End, Done/ }).waitFor({ timeout: 90_000 });
  await seen(page.locator('header').first().getByText('Done'));
  await editor.getByLabel('End, Set fields, done').waitFor({ timeout: 90_000 });
  for (const one of [page, editor]) expect(await one.evaluate('window.notReloaded')).toBe(true);
});

it('points at one line of a long log, finds it again by its address, and reads and downloads all of it as text', async () => {
  const talk = (from: number): Step => {
    const code = `for (let n = ${from}; n < ${from + 180}; n++) (n === 700 ? console.warn : console.log)('order ' + n); return {};`;
    return [`c${from}`, `Count from ${from}`, 'core.code', { code }];
  };
  const id = await aWorkflow('Talks much', [['s', 'Start', 'core.manual'], ...[1, 181, 361, 541, 721].map(talk)]);
  const { id: runId } = await start(id);
  const { page } = await browser.person({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`/runs/${runId}?view=logs`);
  const log = page.getByRole('log');
  await seen(log.getByText('order 1', { exact: true }));
  await page.getByLabel('Level').selectOption('warn');
  await seen(log.getByText('order 700'));
  await gone(log.getByText('order 1', { exact: true }));
  await log.getByRole('button', { name: 'Copy the link to line 1' }).focus();
  await page.keyboard.press('Enter');
  await seen(page.getByText('Link copied'));
  const address = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(address).toBe(page.url());

  await page.goto(address);
  const marked = log.locator('[aria-current=location]');
  await seen(marked);
  expect(await marked.textContent()).toContain('order 700');
  await expect.poll(() => marked.evaluate((line) => line.getBoundingClientRect().top)).toBeLessThan(800);
  expect(await log.locator('[data-index]').count()).toBeLessThan(120);
  await page.getByRole('button', { name: 'Follow the newest lines' }).click();
  await seen(log.getByText('order 900'));
  await page.getByRole('button', { name: 'As plain text' }).click();
  const whole = async () => (await page.getByLabel('Log lines').textContent())!.split('\n');
  await expect.poll(whole).toHaveLength(900);
  expect((await whole())[699]).toMatch(/ warn Count from 541: order 700$/);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await file).suggestedFilename()).toMatch(/^run-.*\.log$/);
});

it('gives the items of a step as a file, and value, path, expression and row to copy', async () => {
  const id = await aWorkflow('Taken along', [
    ['s', 'Start', 'core.manual'],
    ['c', 'Orders', 'core.code', { code: 'return Array.from({ length: 1500 }, (_, n) => ({ n, who: "Ana " + n }));' }],
  ]);
  const { id: runId } = await start(id);
  const { page } = await browser.person({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`/runs/${runId}?step=c`);
  const details = page.getByLabel('Details of Orders');
  for (const [entry, name, lines] of [
    ['Download as CSV', 'orders.csv', 1_501],
    ['Download as JSON', 'orders.json', undefined],
  ] as const) {
    await details.getByRole('button', { name: 'Take the items along' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    const text = readFileSync(await file.path(), 'utf8');
    if (lines) expect(text.trimEnd().split('\n')).toHaveLength(lines);
    else expect(JSON.parse(text)).toHaveLength(1_500);
  }
  await details.getByRole('radio', { name: 'Table' }).click();
  await details.getByRole('cell', { name: 'Ana 2', exact: true }).getByRole('button').click();
  const copied = async (button: string) => {
    await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
    return page.evaluate<string>('navigator.clipboard.readText()');
  };
  await expect.poll(() => copied('Value')).toBe('Ana 2');
  await expect.poll(() => copied('Path')).toBe('$("Orders").item.json.who');
  await expect.poll(() => copied('Expression')).toBe('{{ $("Orders").item.json.who }}');
  await expect.poll(async () => JSON.parse(await copied('Row')) as unknown).toEqual({ n: 2, who: 'Ana 2' });
});

it('leads from a run to what changed in the draft since', async () => {
  const id = await aWorkflow('Changed since', [
    ['s', 'Start', 'core.manual'],
    ['a', 'Double', 'core.set', { fields: { twice: 2 } }],
  ]);
  const { id: runId } = await start(id);
  const { body, headers } = await wfaib.call<{ draft: { nodes: { name: string }[] } }>('GET', `/api/workflows/${id}`);
  body.draft.nodes[1]!.name = 'Triple';
  await wfaib.call('PUT', `/api/workflows/${id}`, body.draft, { 'if-match': headers.get('etag')! });
  const { page } = await browser.person();
  await page.goto(`/runs/${runId}`);
  await page.getByRole('link', { name: 'compare with the draft' }).click();
  await seen(page.getByText(`Run ${runId!.slice(-8)} and the draft`));
  await seen(page.getByText('Triple').first());
});

it('finds the runs that are queued, says what each waits for, keeps the filters under a name and cancels them all', async () => {
  const id = await aWorkflow(
    'One at a time',
    [
      ['s', 'Start', 'core.manual'],
      ['w', 'Boss', 'core.approval', { title: 'Go on?' }],
    ],
    { maxConcurrentRuns: 1 },
  );
  const runs: string[] = [];
  for (let run = 0; run < 3; run++) runs.push((await start(id, '0s')).runId!);
  const { page } = await browser.person();
  await page.goto(`/runs?workflowId=${id}`);
  await seen(page.getByRole('cell', { name: 'a decision at “Boss”' }));
  await expect.poll(() => page.getByRole('cell', { name: 'its turn' }).count()).toBe(2);
  await page.getByRole('radio', { name: 'Queued' }).click();
  await page.waitForURL(/status=pending/);
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
  await page.getByRole('button', { name: 'Save these filters…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Queue of orders');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.goto('/runs');
  await page.getByRole('button', { name: 'Queue of orders', exact: true }).click();
  await page.waitForURL(new RegExp(`status=pending.*${id}|${id}.*status=pending`));
  await expect.poll(() => page.getByRole('row').count()).toBe(3);

  await page.goto(`/runs/${runs[2]}`);
  await seen(page.getByRole('treeitem', { name: /^Start, Queued, waits for its turn/ }));
  await seen(page.getByText(/^Waiting for its turn: .* 1 waits before it/));

  await page.goto(`/runs?workflowId=${id}`);
  await page.getByLabel('Choose all runs that are shown').check();
  await page.getByRole('button', { name: 'Cancel 3' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel them' }).click();
  await seen(page.getByText('3 of 3 done'));
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.getByRole('cell', { name: 'Cancelled' }).count()).toBe(3);
  await page.getByRole('button', { name: 'Forget “Queue of orders”' }).click();
  await page.reload();
  await seen(page.getByRole('cell', { name: 'Cancelled' }));
  await gone(page.getByRole('button', { name: 'Queue of orders', exact: true }));
});

it('finds runs by what started them, draws how long each took, and says of many retries that they were started', async () => {
  const id = await aWorkflow('Fails for good', [
    ['s', 'Start', 'core.manual'],
    ['x', 'Stop', 'core.stop', { message: 'Not today' }],
  ]);
  await start(id);
  await start(id);
  const { page } = await browser.person();
  await page.goto(`/runs?workflowId=${id}`);
  await page.getByLabel('Started by').selectOption('A person');
  await page.waitForURL(/startedBy=manual/);
  await seen(page.getByText('No run matches'));
  await page.getByLabel('Started by').selectOption('The API');
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
  await seen(page.getByRole('img', { name: '100 % of the longest shown' }).first());
  await page.getByLabel('Choose all runs that are shown').check();
  await page.getByRole('button', { name: 'Retry 2' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry them' }).click();
  await seen(page.getByText('2 of 2 started again'));
  await page.getByRole('link', { name: 'Show the retries' }).click();
  await page.waitForURL(/startedBy=retry/);
  await expect.poll(() => page.getByRole('cell', { name: 'A retry' }).count()).toBeGreaterThanOrEqual(2);
  expect(await page.getByRole('cell', { name: 'The API' }).count()).toBe(0);
});

/** What a finger would miss: less than 44 px wide or high. */
const tooSmall = (page: Page) =>
  page.locator('.wf-touch').evaluate((whole) =>
    [...whole.querySelectorAll('button, select, .wf-touch-check')]
      .filter((each) => each.checkVisibility())
      .map((each) => ({ each, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
      .map(({ each, box }) => `${each.getAttribute('aria-label') ?? each.textContent} ${box.width} x ${box.height}`),
  );

it('only shows the canvas on a phone and says so, and tells when a schedule starts next', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'On weekdays',
    nodes: [
      { id: 's', name: 'Clock', type: 'core.schedule', parameters: { cron: ['0 9 * * MON-FRI'] }, position: [0, 0] },
    ],
    connections: [],
    settings: { timezone: 'Europe/Berlin' },
  });
  const { page } = await browser.person();
  await page.goto(`/workflows/${body.id}`);
  await card(page, 'Clock').click();
  const times = page.getByRole('region', { name: 'Next starts' });
  await seen(times.getByText('Monday – Friday at 09:00'));
  await seen(times.getByText('Next starts (Europe/Berlin)'));
  await expect.poll(() => times.getByRole('listitem').count()).toBe(3);
  expect(await times.getByRole('listitem').first().textContent()).toContain('9:00');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await seen(page.getByText('On a small screen the canvas only shows. Edit on a larger one.'));
  await expectAccessible(page);
});

it('says on small screens too what failed and what is waited for, and narrows the timeline', async () => {
  const message = 'The order has no customer number, so the parcel cannot be sent';
  const failing: Step[] = [
    ['s', 'Start', 'core.manual'],
    ['x', 'Stop', 'core.stop', { message }],
  ];
  const waiting: Step[] = [
    ['s', 'Start', 'core.manual'],
    ['w', 'Boss', 'core.approval', { title: 'Go on?' }],
  ];
  const failed = await start(await aWorkflow('Parcels of small screens', failing));
  const held = await start(await aWorkflow('Small decisions', waiting), '0s');
  const { page } = await browser.person();
  const widthOf = async (text: RegExp) => (await page.getByRole('table').getByText(text).boundingBox())!.width;
  for (const width of [390, 768]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/runs?q=small');
    await seen(page.getByText('a decision at “Boss”').locator('visible=true'));
    expect(await widthOf(/^Parcels of small/)).toBeGreaterThan(150);
    if (width < 768) {
      await expectAccessible(page);
      expect(await tooSmall(page)).toEqual([]);
    }
    await page.goto(`/runs?q=${failed.id!.slice(-8)}`);
    await seen(page.getByText(message).locator('visible=true'));
    await page.goto(`/runs/${failed.id}`);
    const timeline = page.getByRole('region', { name: 'Steps and timeline' });
    await timeline.getByRole('button', { name: /^Only steps that failed/ }).click();
    await expect.poll(() => timeline.getByRole('treeitem').count()).toBe(1);
    await timeline.getByRole('button', { name: /^Only steps that failed/ }).click();
    await seen(timeline.getByRole('button', { name: 'Show the time before the start' }));
  }
  await wfaib.call('POST', `/api/runs/${held.runId}/cancel`, {});
});

it('deletes runs after a question, from their page and from the list', async () => {
  const id = await aWorkflow('Forgotten', [['s', 'Start', 'core.manual']]);
  const runs: string[] = [];
  for (let run = 0; run < 3; run++) runs.push((await start(id)).id!);
  const { page } = await browser.person();
  await page.goto(`/runs/${runs[0]}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
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
