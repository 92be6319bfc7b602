import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { RandomIds } from '../clock/ids.service.js';
import type { Settings } from '../config/config.service.js';
import { ConnectorCatalog } from '../connectors/connector-catalog.service.js';
import { fixturePlugin, startHost, testSettings } from '../connectors/connector-host.test-support.js';
import { createLog } from '../logging/logger.service.js';
import { CredentialVault } from './credential-vault.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsService } from './credentials.service.js';
import { newKeyText } from '../encryption/key-ring.js';
import { EncryptionKeys } from '../encryption/encryption-keys.service.js';

let db: TestDatabase;
let credentials: CredentialsService;
let settings: Settings;
const { host } = startHost('127.0.0.0/8');
const catalog = new ConnectorCatalog();

async function vaultWith(values: Record<string, string>): Promise<CredentialVault> {
  const vault = new CredentialVault(
    new EncryptionKeys(testSettings(values)),
    new CredentialsRepository(db.database),
    createLog('silent'),
  );
  await vault.onModuleInit();
  return vault;
}

beforeAll(async () => {
  db = await createTestDatabase();
  catalog.load(await host.describe([fixturePlugin('good')]));
  settings = testSettings();
  const vault = new CredentialVault(
    new EncryptionKeys(settings),
    new CredentialsRepository(db.database),
    createLog('silent'),
  );
  await vault.onModuleInit();
  credentials = new CredentialsService(new CredentialsRepository(db.database), vault, catalog, host, new RandomIds());
});
afterAll(async () => {
  await host.onApplicationShutdown();
  await db.drop();
});

const account = { name: 'Mine', kind: 'good.account', values: { token: 'tell-nobody' } };

describe('a credential', () => {
  it('never shows its values, and gives them to a call', async () => {
    const created = await credentials.create(db.projectId, account);
    expect(created).toMatchObject({
      name: 'Mine',
      fields: { token: { hasValue: true }, baseUrl: { hasValue: false } },
    });
    expect(JSON.stringify(await credentials.list(db.projectId))).not.toContain('tell-nobody');
    expect(await credentials.resolve(db.projectId, created.id)).toMatchObject({
      kind: 'good.account',
      values: { token: 'tell-nobody' },
    });
  });

  it('is nowhere in the database in the clear', async () => {
    await credentials.create(db.projectId, account);
    const rows = await db.database.query('SELECT * FROM credential');
    expect(JSON.stringify(rows)).not.toContain('tell-nobody');
  });

  it('does not exist for another project', async () => {
    const { id } = await credentials.create(db.projectId, account);
    const stranger = randomUUID();
    const notFound = expect.objectContaining({ code: 'credential.notFound' });
    expect(await credentials.exists(stranger, id)).toBe(false);
    await expect(credentials.resolve(stranger, id)).rejects.toEqual(notFound);
    await expect(credentials.change(stranger, id, { values: {} })).rejects.toEqual(notFound);
    await expect(credentials.remove(stranger, id)).rejects.toEqual(notFound);
  });

  it('keeps values that a change leaves out, and drops those set to null', async () => {
    const values = { token: 'tell-nobody', baseUrl: 'http://a.example' };
    const { id } = await credentials.create(db.projectId, { ...account, values });
    await credentials.change(db.projectId, id, { name: 'Renamed', values: { baseUrl: null } });
    expect(await credentials.getById(db.projectId, id)).toMatchObject({
      name: 'Renamed',
      fields: { token: { hasValue: true }, baseUrl: { hasValue: false } },
    });
    expect((await credentials.resolve(db.projectId, id)).values).toEqual({ token: 'tell-nobody' });
  });

  it.each([
    [{ ...account, kind: 'none' }, 'kind'],
    [{ ...account, values: {} }, 'token'],
    [{ ...account, values: { token: 'x', other: 'y' } }, 'other'],
  ])('is refused when it does not fit its kind', async (request, field) => {
    const refusal = expect.objectContaining({ code: 'credential.invalid', field });
    await expect(credentials.create(db.projectId, request)).rejects.toEqual(refusal);
  });

  it('cannot be deleted while a live workflow uses it', async () => {
    const { id } = await credentials.create(db.projectId, account);
    const workflow = randomUUID();
    const document = JSON.stringify({ nodes: [{ credentials: { auth: id } }] });
    await db.database.query(
      `INSERT INTO workflow (id, project_id, name, draft, live_version, updated_by) VALUES ($1, $2, 'Uses it', '', 1, $1)`,
      [workflow, db.projectId],
    );
    await db.database.query(
      `INSERT INTO workflow_version (workflow_id, number, document, hash, published_by) VALUES ($1, 1, $2, '', $1)`,
      [workflow, document],
    );
    const inUse = expect.objectContaining({ code: 'credential.inUse', workflows: [{ id: workflow, name: 'Uses it' }] });
    await expect(credentials.remove(db.projectId, id)).rejects.toEqual(inUse);
    await db.database.query('UPDATE workflow SET live_version = NULL WHERE id = $1', [workflow]);
    await credentials.remove(db.projectId, id);
    expect(await credentials.exists(db.projectId, id)).toBe(false);
  });

  it('does not open in a row it was copied to', async () => {
    const [one, other] = [
      await credentials.create(db.projectId, account),
      await credentials.create(db.projectId, account),
    ];
    await db.database.query(
      'UPDATE credential SET sealed = (SELECT sealed FROM credential WHERE id = $1) WHERE id = $2',
      [one.id, other.id],
    );
    const unreadable = expect.objectContaining({ code: 'credential.unreadable' });
    await expect(credentials.resolve(db.projectId, other.id)).rejects.toEqual(unreadable);
    await db.database.query('DELETE FROM credential');
  });
});

describe('the encryption key', () => {
  it('is made on first start, readable by its owner only, and found again', async () => {
    const file = join(settings.dataDir, 'encryption.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = new CredentialVault(
      new EncryptionKeys(settings),
      new CredentialsRepository(db.database),
      createLog('silent'),
    );
    await expect(again.onModuleInit()).resolves.toBeUndefined();
  });

  it('stops the start with a sentence when it is not the one of the database', async () => {
    const wrong = vaultWith({ WFAIB_ENCRYPTION_KEY: newKeyText() });
    await expect(wrong).rejects.toThrow(
      'The encryption key in WFAIB_ENCRYPTION_KEY is not the one that sealed the credentials',
    );
  });

  it('stops the start when it is worthless', async () => {
    await expect(vaultWith({ WFAIB_ENCRYPTION_KEY: 'a'.repeat(40) })).rejects.toThrow(
      'WFAIB_ENCRYPTION_KEY is too simple to be a key.',
    );
  });

  it('is needed no more once a start with a newer one before it has sealed everything anew', async () => {
    const { id } = await credentials.create(db.projectId, account);
    const sealedNow = async () => (await new CredentialsRepository(db.database).findById(db.projectId, id))!.sealed;
    const damaged = await credentials.create(db.projectId, { ...account, name: 'Damaged' });
    await db.database.query("UPDATE credential SET sealed = 'v1.of-no-key.a.b' WHERE id = $1", [damaged.id]);
    const [older, newer] = [readFileSync(join(settings.dataDir, 'encryption.key'), 'utf8').trim(), newKeyText()];
    await vaultWith({ WFAIB_ENCRYPTION_KEY: `${newer},${older}` });
    const alone = await vaultWith({ WFAIB_ENCRYPTION_KEY: newer });
    expect(alone.open(db.projectId, id, await sealedNow())).toContain('tell-nobody');
    await expect(vaultWith({ WFAIB_ENCRYPTION_KEY: older })).rejects.toThrow('is not the one that sealed');
  });

  it('stops the start when the file is empty', () => {
    const file = join(settings.dataDir, 'encryption.key');
    rmSync(file);
    writeFileSync(file, '');
    expect(
      () =>
        new CredentialVault(new EncryptionKeys(settings), new CredentialsRepository(db.database), createLog('silent')),
    ).toThrow(/encryption\.key is empty/);
  });
});
