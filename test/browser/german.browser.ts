import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import errors from '../../ui/src/shared/i18n/locales/de-server/errors.json' with { type: 'json' };
import libraries from '../../ui/src/shared/i18n/locales/de-server/libraries.json' with { type: 'json' };
import sentences from '../../ui/src/shared/i18n/locales/de-server/sentences.json' with { type: 'json' };
import steps from '../../ui/src/shared/i18n/locales/de-server/steps.json' with { type: 'json' };
import templates from '../../ui/src/shared/i18n/locales/de-server/templates.json' with { type: 'json' };
import { de } from '../../ui/src/shared/i18n/locales/de.js';
import { en } from '../../ui/src/shared/i18n/locales/en.js';
import { gone, seen } from '../support/browser.js';
import { card } from '../support/editor-hands.js';
import { setStage } from '../support/stage.js';
import { expectAccessible, outOfReach, saidOn } from '../support/page-checks.js';

const { wfaib, browser } = await setStage();
const nodeTypes = async () => (await wfaib.call<{ items: NodeType[] }>('GET', '/api/node-types')).body.items;
const foreign = (await nodeTypes()).filter(({ connector }) => connector !== undefined);
/** Connectors call their steps as their authors did. */
const ofConnectors = new Set(foreign.map(({ label }) => label));

const pairs: [string, string][] = [
  ...Object.entries({ ...sentences, ...errors, ...libraries, ...steps, ...templates }),
  ...Object.entries(en).map(([key, text]): [string, string] => [text, de[key as keyof typeof de]]),
];
const german = new Set(pairs.map(([, text]) => text));
const english = pairs.map(([text]) => text.trim()).filter((text) => /\p{L}{2}/u.test(text) && !german.has(text));
/** What an expression gives is written so in every language. */
const values = ['true', 'false'];
const whole = new Set(english.filter((text) => !text.includes('{{') && !values.includes(text)));
/** What stands between the names of a sentence, where it is long enough to be nothing else. */
const parts = english
  .flatMap((text) => text.split(/\{\{[^}]*\}\}/))
  .map((part) => part.trim())
  .filter((part) => part.length >= 12 && part.includes(' ') && ![...german].some((text) => text.includes(part)));

interface NodeType {
  type: string;
  label: string;
  connector?: unknown;
}

/** What a page says that is in the English texts of the server or of the interface, and not in the German ones. */
async function spokenEnglish(page: Page): Promise<string[]> {
  const said = await saidOn(page);
  return said
    .filter((text) => !ofConnectors.has(text))
    .filter((text) => whole.has(text) || parts.some((part) => text.includes(part)));
}

async function expectGerman(page: Page, where = new URL(page.url()).pathname): Promise<void> {
  expect([where, await spokenEnglish(page)]).toEqual([where, []]);
}

async function pickStep(page: Page, search: string, label: string): Promise<void> {
  const picker = page.getByRole('dialog', { name: 'Schritt hinzufügen' });
  await picker.getByRole('combobox').fill(search);
  await picker
    .getByRole('option')
    .filter({ has: page.getByText(label, { exact: true }) })
    .first()
    .click();
  await gone(picker);
}

it('lets a person who chose German build, mend, run and look without a word of English', async () => {
  const { page } = await browser.person();
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'You and the theme' }).click();
  await page.getByRole('menuitem', { name: 'Language: Deutsch' }).click();
  await page.getByRole('button', { name: 'Neuer Workflow' }).first().click();
  await page.getByRole('button', { name: 'Auslöser wählen' }).click();
  await expectGerman(page, 'the picker');
  await pickStep(page, 'manuell', 'Manueller Start');
  await page.getByRole('button', { name: 'Schritt nach Manueller Start hinzufügen', exact: true }).click();
  await pickStep(page, 'set fields', 'Felder setzen');
  await page.getByRole('button', { name: 'Schritt nach Felder setzen hinzufügen', exact: true }).click();
  await pickStep(page, 'wenn', 'Wenn');
  await seen(card(page, 'Wenn'));

  await page.getByRole('button', { name: /^\d+ Problem/ }).click();
  const problems = page.getByRole('dialog', { name: 'Probleme' }).or(page.getByLabel('Probleme'));
  await seen(problems.getByText(/hat keine Bedingung/));
  await expectGerman(page, 'the editor with a problem');
  await problems.getByRole('button', { name: 'Schließen' }).click();
  await expectAccessible(page);
  const expression = page.getByLabel('Oder ein Ausdruck, Ausdruck', { exact: true });
  await expression.click();
  await page.keyboard.type('{{ 1 < 2');
  await seen(page.getByRole('button', { name: 'Keine Probleme' }));
  await page.getByRole('button', { name: 'Workflow testen' }).click();
  await seen(page.getByLabel(/^Wenn, .*[Ff]ertig/));
  await expectGerman(page, 'the editor after a test');

  await page.getByRole('link', { name: 'Ausführung öffnen' }).click();
  await page.waitForURL(/\/runs\/.+/);
  const { pathname } = new URL(page.url());
  for (const view of ['steps', 'graph', 'visits', 'logs', 'history', 'durability']) {
    await page.goto(`${pathname}?view=${view}`);
    await seen(page.getByRole('heading', { level: 1 }));
    await gone(page.getByText(/^Lädt/));
    await expectGerman(page, view);
    await expectAccessible(page);
  }
});

/** Something to see on every page. Answers the addresses. */
async function fill(): Promise<string[]> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Bestellungen',
    nodes: [
      { id: 's', name: 'Los', type: 'core.manual', position: [0, 0] },
      { id: 'z', name: 'Jede Stunde', type: 'core.schedule', position: [0, 200], parameters: { every: '1h' } },
      { id: 'w', name: 'Kurz warten', type: 'core.wait', position: [280, 0], parameters: { for: '1s' } },
      { id: 'f', name: 'Frage', type: 'core.approval', position: [560, 0], parameters: { title: 'Erstatten?' } },
    ],
    connections: [
      { from: { node: 's' }, to: { node: 'w' } },
      { from: { node: 'w' }, to: { node: 'f' } },
    ],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  const run = await wfaib.call<{ runId: string }>('POST', '/api/runs', { workflowId: body.id, startAt: 's' });
  await wfaib.call('POST', '/api/variables', { name: 'ort', value: 'Berlin' });
  const approvals = () => wfaib.call<{ items: { id: string }[] }>('GET', '/api/approvals');
  const { id } = await vi.waitFor(
    async () => (await approvals()).body.items[0] ?? Promise.reject(new Error('Nobody was asked.')),
    { timeout: 60_000 },
  );
  const { runId } = run.body;
  return [
    '/',
    '/workflows',
    `/workflows/${body.id}`,
    '/runs',
    `/runs/${runId}`,
    `/runs/${runId}?view=history`,
    '/approvals',
    `/approvals/${id}`,
    '/schedules',
    '/credentials',
    '/templates',
    '/variables',
    '/settings',
    '/settings/health',
    '/settings/notifications',
  ];
}

it('speaks German on every page, accessibly, and leaves nothing out of reach on a phone', async () => {
  const { page } = await browser.person({ locale: 'de-DE' });
  for (const path of await fill()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await seen(page.locator('h1, [data-canvas]'));
    await gone(page.getByText(/^Lädt/));
    await expectGerman(page, path);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(async () => [path, await outOfReach(page)]).toEqual([path, []]);
  }
});

it('calls the ways out of a step and the times of a schedule by their German words', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Wege',
    nodes: [
      { id: 's', name: 'Los', type: 'core.manual', position: [0, 0] },
      {
        id: 'z',
        name: 'Werktags',
        type: 'core.schedule',
        position: [0, 200],
        parameters: { cron: ['0 9 * * MON-FRI'] },
      },
      { id: 'i', name: 'Groß', type: 'core.if', position: [280, 0], parameters: { condition: '={{ $json.n > 5 }}' } },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'i' } }],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  const { body: run } = await wfaib.call<{ id: string }>('POST', '/api/runs?wait=20s', {
    workflowId: body.id,
    startAt: 's',
    input: [{ json: { n: 1 } }, { json: { n: 9 } }],
  });
  const { page } = await browser.person({ locale: 'de-DE' });
  await page.goto(`/workflows/${body.id}?run=${run.id}`);
  await seen(card(page, 'Werktags').getByText('Montag – Freitag um 09:00'));
  await card(page, 'Groß').click();
  await page.getByRole('button', { name: 'Daten zeigen' }).click();
  await seen(page.getByLabel('Daten von Groß').getByRole('radio', { name: 'wahr 1' }));
  await page.goto(`/runs/${run.id}?step=i`);
  const ways = page.getByRole('radiogroup', { name: de['runs.port'] }).getByRole('radio');
  await expect.poll(() => ways.allTextContents()).toEqual(['wahr', 'falsch']);
  await page.goto(`/runs/${run.id}?view=history`);
  await expect.poll(() => ways.allTextContents()).toEqual(['wahr', 'falsch']);
  await page.goto('/schedules');
  await seen(page.getByText('Montag – Freitag um 09:00'));
});

/** A workflow of one step that fails; answers where it is edited and how its run is called. */
async function failing(name: string, type: string, parameters: object): Promise<{ path: string; runId: string }> {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [
      { id: 's', name: 'Los', type: 'core.manual', position: [0, 0] },
      { id: 'f', name, type, position: [280, 0], parameters },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'f' } }],
  });
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
  const run = await wfaib.call<{ runId: string }>('POST', '/api/runs', { workflowId: body.id, startAt: 's' });
  const { runId } = run.body;
  const status = async () => (await wfaib.call<{ status: string }>('GET', `/api/runs/${runId}`)).body.status;
  await expect.poll(status).toBe('failed');
  return { path: `/workflows/${body.id}`, runId };
}

it.each([
  [
    'Rechnen',
    'core.set',
    { fields: { total: '={{ (1).map() }}' } },
    '(1) ist eine Zahl und hat keine Methode map() (im Ausdruck {{ (1).map() }})',
  ],
  [
    'Abrufen',
    'http.request',
    { url: 'http://10.1.2.3/' },
    '10.1.2.3 liegt in einem privaten Netz. Damit Workflows dorthin gelangen, 10.1.2.3/32 in WFAIB_EGRESS_ALLOW eintragen.',
  ],
  [
    'Endlos',
    'core.code',
    { code: 'for (;;) {}', timeoutMs: 500 },
    'Der Code lief länger als 500 ms. Weniger darin tun oder timeoutMs erhöhen.',
  ],
])(
  'tells in German why %s failed: in lists, on the page of the run and in the editor',
  async (name, type, parameters, words) => {
    const { path, runId } = await failing(name, type, parameters);
    const { page } = await browser.person({ locale: 'de-DE' });
    for (const place of ['/', '/runs', `/runs/${runId}`, `/runs/${runId}?view=visits`, `/runs/${runId}?view=history`]) {
      await page.goto(place);
      await seen(page.getByText(words));
      await gone(page.getByText(/^Lädt/));
      await expectGerman(page, place);
    }
    await page.goto(path);
    await page.getByRole('button', { name: 'Workflow testen' }).click();
    await seen(page.getByRole('button', { name: `${name}: ${words}` }));
    await page.getByRole('button', { name: `${name}: ${words}` }).click();
    await seen(page.getByLabel(`Schritt ${name}`, { exact: true }).getByText(words));
  },
);

it('tells in German what is wrong with an expression, in the problems and under its field', async () => {
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Formel',
    nodes: [
      { id: 's', name: 'Los', type: 'core.manual', position: [0, 0] },
      {
        id: 'f',
        name: 'Rechnen',
        type: 'core.set',
        position: [280, 0],
        parameters: { fields: { total: '={{ 1 + }}' } },
      },
    ],
    connections: [{ from: { node: 's' }, to: { node: 'f' } }],
  });
  const { page } = await browser.person({ locale: 'de-DE' });
  await page.goto(`/workflows/${body.id}`);
  await card(page, 'Rechnen').click();
  const panel = page.getByLabel('Schritt Rechnen', { exact: true });
  await seen(panel.getByText('Der Ausdruck ist nicht lesbar: unerwartetes Zeichen', { exact: true }));
  await page.getByRole('button', { name: /^\d+ Problem/ }).click();
  await seen(page.getByText(/Der Ausdruck ist nicht lesbar: unerwartetes Zeichen \(Spalte \d+\)/));
  await expectGerman(page, 'the editor with an expression that does not parse');
});

it('tells a refusal of the server in German', async () => {
  const { page, expectStatus } = await browser.person({ locale: 'de-DE', signedIn: false });
  expectStatus(401);
  await page.goto('/login');
  await page.getByLabel('E-Mail').fill('ana@example.test');
  await page.getByLabel('Passwort').fill('not the password');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await seen(page.getByRole('alert').filter({ hasText: 'E-Mail und Passwort passen nicht zusammen.' }));
});

it('makes a workflow of a German template, with German names', async () => {
  const { page } = await browser.person({ locale: 'de-DE' });
  await page.goto('/templates');
  await page.getByRole('button', { name: 'Die erste Ausführung verwenden' }).click();
  await seen(card(page, 'Bestellungen anlegen'));
  await expectGerman(page, 'the editor with a template');
});

it('shows the form of every core step in German', async () => {
  const types = (await nodeTypes()).filter(({ connector }) => connector === undefined).map(({ type }) => type);
  expect(types.length).toBeGreaterThan(25);
  const nodes = types.map((type, index) => ({
    id: `n${index}`,
    name: `Nr. ${index}`,
    type,
    position: [index * 280, 0],
  }));
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name: 'Alle',
    nodes,
    connections: [],
  });
  const { page } = await browser.person({ locale: 'de-DE' });
  await page.goto(`/workflows/${body.id}`);
  await seen(page.locator('[data-canvas]'));
  await page.getByRole('button', { name: 'Gliederung' }).click();
  for (const { name, type } of nodes) {
    await page.getByRole('treeitem', { name: new RegExp(`^${name}(?!\\d)`) }).click();
    await seen(page.getByLabel(`Schritt ${name}`, { exact: true }));
    await expectGerman(page, type);
  }
});
