import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.js';

it('knows the password again, and no other', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  expect(await verifyPassword('correct horse ', hash)).toBe(false);
});

it('takes letters the same however a keyboard composes them', async () => {
  expect(await verifyPassword('cafe\u0301-cafe', await hashPassword('caf\u00e9-cafe'))).toBe(true);
});

it('refuses everything where there is no hash', async () => {
  expect(await verifyPassword('', undefined)).toBe(false);
});
