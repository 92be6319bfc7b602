import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { owner } from './installation.js';
import type { Installation } from './installation.js';

/** How long a page may take to show what a person waits for, in milliseconds: a busy machine is slow, not wrong. */
const patienceMs = 60_000;
const pictures = fileURLToPath(new URL('../output', import.meta.url));

const harmless = [
  // Chromium logs each refused request as well: that is judged by its status.
  'Failed to load resource',
  // Said on plain HTTP, where the header does nothing.
  'The Cross-Origin-Opener-Policy header has been ignored',
];

/** One browser for a test file. Each person in it has cookies and storage of their own. */
export interface BrowserSession {
  /** A person with a fresh browser, signed in as the owner unless told otherwise. */
  person(options?: PersonOptions): Promise<Person>;
  /**
   * Ends a test: closes all pages, after a picture of each, in test/output, when it failed.
   * @throws Error naming what went wrong in any of them: console errors, page errors, refusals that nobody expected
   */
  endTest(task: { name: string; result?: { state: string } | undefined }): Promise<void>;
  stop(): Promise<void>;
}

export interface PersonOptions extends BrowserContextOptions {
  signedIn?: boolean;
  /** Whom to sign in. @defaultValue the owner */
  as?: { email: string; password: string };
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Another tab of the same person. */
  tab(): Promise<Page>;
  /** From here on, answers with this status belong to the test and are no trouble. */
  expectStatus(status: number): void;
}

/** Starts Chromium: `CHROMIUM_PATH`, else the one of the system. */
export async function startBrowser(wfaib: Installation): Promise<BrowserSession> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // A name that is not this machine to the browser: what it allows on a plain HTTP address of a network.
      '--host-resolver-rules=MAP wfaib.test 127.0.0.1',
    ],
  });
  let troubles: string[] = [];
  return {
    person: (options) => newPerson(browser, wfaib, options, (trouble) => troubles.push(trouble)),
    endTest: async ({ name, result }) => {
      if (result?.state === 'fail') await takePictures(browser, name);
      await Promise.all(browser.contexts().map((context) => context.close()));
      const found = troubles;
      troubles = [];
      if (found.length > 0) throw new Error(`The browser had troubles:\n${found.join('\n')}`);
    },
    stop: () => browser.close(),
  };
}

async function takePictures(browser: Browser, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const pages = browser.contexts().flatMap((context) => context.pages());
  const file = name.replace(/\W+/g, '-').slice(0, 60);
  await Promise.all(
    pages.map((page, index) =>
      page.screenshot({ path: join(pictures, `${file}-${index}.png`) }).catch(() => undefined),
    ),
  );
}

async function newPerson(
  browser: Browser,
  wfaib: Installation,
  { signedIn = true, as = owner, ...options }: PersonOptions = {},
  onTrouble: (trouble: string) => void,
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: wfaib.url,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const expected = new Set<number>();
  if (signedIn) {
    const answer = await context.request.post('/api/session', { data: as, headers: { origin: wfaib.url } });
    if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}: ${await answer.text()}`);
  }
  const tab = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => onTrouble(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !harmless.some((start) => message.text().startsWith(start)))
        onTrouble(`console: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && !expected.has(response.status()))
        onTrouble(`${response.request().method()} ${response.url()} was answered with ${response.status()}`);
    });
    return page;
  };
  return { page: await tab(), context, tab, expectStatus: (status) => void expected.add(status) };
}

/** Waits until a person can see it. */
export const seen = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

/** Where it is drawn, once it rests there: what comes late and what is fitted into view moves it before. */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let before = ''; ; await locator.page().waitForTimeout(100)) {
    const box = await locator.boundingBox();
    const now = JSON.stringify(box);
    if (box !== null && now === before) return box;
    before = now;
  }
}

/** Waits until it is gone. */
export const gone = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'hidden' });
