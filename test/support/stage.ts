import { afterAll, afterEach } from 'vitest';
import { startBrowser } from './browser.js';
import type { BrowserSession } from './browser.js';
import { startInstallation } from './installation.js';
import type { Installation, InstallationOptions } from './installation.js';

/** What the tests of a browser file play on: WFAIB as people install it, and the browser of those who use it. */
export interface Stage {
  wfaib: Installation;
  browser: BrowserSession;
}

/** Sets the stage for the file that calls it, looks for troubles after each test, and clears it after the last one. */
export async function setStage(options?: InstallationOptions): Promise<Stage> {
  const wfaib = await startInstallation(options);
  afterAll(() => wfaib.stop());
  const browser = await startBrowser(wfaib);
  afterAll(() => browser.stop());
  afterEach(({ task }) => browser.endTest(task));
  return { wfaib, browser };
}
