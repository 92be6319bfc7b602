import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seen } from '../support/browser.js';
import { setStage } from '../support/stage.js';

const { wfaib, browser } = await setStage({
  env: { WFAIB_OWNER_EMAIL: undefined, WFAIB_OWNER_PASSWORD: undefined, WFAIB_API_KEY: undefined },
});

const ines = { email: 'ines@example.test', password: 'correct horse battery' };

it('makes the first owner through the one-time link, signs out and signs in again', async () => {
  const link = readFileSync(join(wfaib.dataDir, 'owner-link'), 'utf8').trim();
  expect(wfaib.output()).toContain(link);
  const person = await browser.person({ signedIn: false });
  const { page } = person;

  await page.goto('/');
  await seen(page.getByText('Open the one-time link that the server printed'));

  await page.goto(link);
  await page.getByLabel('Name (optional)').fill('Ines');
  await page.getByLabel('E-mail').fill('not an address');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create owner and sign in' }).click();
  await seen(page.getByText('This is no e-mail address.'));
  await seen(page.getByText('At least 12 characters.'));
  await page.getByLabel('E-mail').fill(ines.email);
  await page.getByLabel('Password').fill(ines.password);
  await page.getByRole('button', { name: 'Create owner and sign in' }).click();
  await seen(page.getByText('No workflows yet'));

  await page.getByRole('button', { name: 'You and the theme' }).click();
  await seen(page.getByText(ines.email));
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await seen(page.getByRole('heading', { name: 'Sign in' }));

  person.expectStatus(401);
  await page.getByLabel('E-mail').fill(ines.email);
  await page.getByLabel('Password').fill('not the password at all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByRole('alert'));
  await page.getByLabel('Password').fill(ines.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByText('No workflows yet'));
});

it('refuses the link a second time', async () => {
  const person = await browser.person({ signedIn: false });
  const { page } = person;
  for (const status of [401, 403, 404, 409, 410, 422]) person.expectStatus(status);
  await page.goto('/setup?token=used');
  await page.getByLabel('E-mail').fill('somebody@example.test');
  await page.getByLabel('Password').fill('a password of theirs');
  await page.getByRole('button', { name: 'Create owner and sign in' }).click();
  await seen(page.getByRole('alert'));
});

it('comes back to the page that was asked for after signing in', async () => {
  const { page } = await browser.person({ signedIn: false });
  await page.goto('/runs?status=failed');
  await page.getByLabel('E-mail').fill(ines.email);
  await page.getByLabel('Password').fill(ines.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByText('No run matches'));
  expect(new URL(page.url()).search).toBe('?status=failed');
});
