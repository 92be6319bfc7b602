import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.js';
import { settingsMarkdown, settingsTable } from './settings-table.js';

const needed = { DATABASE_URL: 'postgres://u:p@127.0.0.1/wfaib' };
const read = (variables: Record<string, string> = {}) => readSettings({ ...needed, ...variables });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wfaib-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('has a default for everything but the database', () => {
  expect(read()).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: resolve('.wfaib'),
    role: 'all',
    engine: 'auto',
    defaultDurability: 'auto',
    temporalNamespace: 'default',
    egressAllow: [],
    bodyLimitBytes: 16 * 1024 * 1024,
    trustProxy: false,
    logLevel: 'info',
    publicUrl: 'http://127.0.0.1:3000',
  });
});

it('takes what is given', () => {
  const settings = read({
    WFAIB_PORT: '8080',
    WFAIB_BODY_LIMIT: '512kb',
    WFAIB_EGRESS_ALLOW: '127.0.0.0/8, 10.0.0.0/8',
    WFAIB_PUBLIC_URL: 'https://flows.example.test/',
    WFAIB_TRUST_PROXY: 'true',
    TEMPORAL_ADDRESS: 'temporal:7233',
    TEMPORAL_API_KEY: 'k',
  });
  expect(settings).toMatchObject({
    port: 8080,
    bodyLimitBytes: 512 * 1024,
    egressAllow: ['127.0.0.0/8', '10.0.0.0/8'],
    publicUrl: 'https://flows.example.test',
    trustProxy: true,
    temporalEnvironment: { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_API_KEY: 'k' },
  });
});

it('takes an empty variable as not set', () => {
  expect(read({ WFAIB_PUBLIC_URL: '', WFAIB_PORT: '' }).port).toBe(3000);
});

it('leaves variables of other programs alone', () => {
  expect(() => read({ PATH: '/bin', WF: 'x', wfaib_port: 'x' })).not.toThrow();
});

it('knows the address once it listens, where any port was fine', () => {
  const settings = read({ WFAIB_PORT: '0', WFAIB_HOST: '0.0.0.0' });
  settings.listeningOn(4711);
  expect(settings.publicUrl).toBe('http://localhost:4711');
});

describe('the start is stopped with one sentence that names', () => {
  it.each([
    [{ WFAIB_PROT: '1' }, 'WFAIB_PROT is not a setting of WFAIB; see docs/settings.md for the list.'],
    [{ WFAIB_PORT: 'http' }, 'WFAIB_PORT is "http" and must be a whole number from 0 to 65535.'],
    [{ WFAIB_PORT: '70000' }, 'WFAIB_PORT is "70000" and must be a whole number from 0 to 65535.'],
    [{ WFAIB_ROLE: 'boss' }, 'WFAIB_ROLE is "boss" and must be one of all, api, worker.'],
    [{ WFAIB_ENGINE: 'bullmq' }, 'WFAIB_ENGINE is "bullmq" and must be one of auto, temporal, queue.'],
    [
      { WFAIB_TASK_QUEUES: 'core, code' },
      'WFAIB_TASK_QUEUES is "core, code" and may name core, connector and sandbox.',
    ],
    [{ WFAIB_BODY_LIMIT: 'lots' }, 'WFAIB_BODY_LIMIT is "lots" and must be a size such as 16mb, 512kb or 1048576.'],
    [
      { WFAIB_PUBLIC_URL: 'flows' },
      'WFAIB_PUBLIC_URL is "flows" and must be an address that starts with http:// or https://.',
    ],
    [{ WFAIB_OWNER_EMAIL: 'me' }, 'WFAIB_OWNER_EMAIL is "me" and must be an e-mail address.'],
    [
      { WFAIB_OWNER_EMAIL: 'me@example.test' },
      'WFAIB_OWNER_EMAIL is set without WFAIB_OWNER_PASSWORD; set both or none.',
    ],
    [{ WFAIB_ENCRYPTION_KEY: 'short' }, 'WFAIB_ENCRYPTION_KEY must hold at least 32 characters.'],
    [
      { DATABASE_URL: 'mysql://root:secret@h/db' },
      'DATABASE_URL must be an address that starts with postgres:// or postgresql://.',
    ],
    [{ DATABASE_URL: '' }, 'DATABASE_URL is not set, but the server needs it.'],
    [{ WFAIB_API_KEY_FILE: '/nowhere' }, 'WFAIB_API_KEY_FILE names the file /nowhere, which cannot be read (ENOENT).'],
  ])('%o', (variables, sentence) => {
    expect(() => read(variables as Record<string, string>)).toThrow(sentence);
  });
});

describe('a secret in a file', () => {
  it('is read without the line end', () => {
    writeFileSync(join(folder, 'key'), 'a-key-that-is-long-enough\n');
    expect(read({ WFAIB_API_KEY_FILE: join(folder, 'key') }).apiKey).toBe('a-key-that-is-long-enough');
  });

  it('cannot be given twice', () => {
    const both = { WFAIB_API_KEY: 'a-key-that-is-long-enough', WFAIB_API_KEY_FILE: join(folder, 'key') };
    expect(() => read(both)).toThrow('WFAIB_API_KEY_FILE and WFAIB_API_KEY are both set; keep one of them.');
  });

  it('is for secrets only', () => {
    expect(() => read({ WFAIB_PORT_FILE: '/x' })).toThrow('WFAIB_PORT_FILE is not a setting');
  });
});

describe('the table of settings', () => {
  it('says meaning, unit and what counts without it for each', () => {
    for (const row of settingsTable()) {
      expect({ ...row, complete: Boolean(row.meaning && row.unit && row.whenNotSet) }).toMatchObject({
        complete: true,
      });
    }
  });

  it('is Markdown', () => {
    expect(settingsMarkdown()).toContain(
      '| `WFAIB_PORT` | Port of the web page, the API and webhooks. 0 takes a free one. | port | 3000 |',
    );
  });
});
