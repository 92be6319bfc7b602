import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { startServer } from '../../server/src/application.js';
import { readSettings } from '../../server/src/config/read-settings.js';
import { createLog } from '../../server/src/logging/logger.service.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const ownerEmail = 'owner@example.test';
export const ownerPassword = 'a long enough password';
export const ownerKey = 'owner-key-of-the-test-server';

/** A whole server on a free port of 127.0.0.1, with a database and a data folder of its own. */
export interface TestServer {
  url: string;
  app: INestApplicationContext;
  db: TestDatabase;
  dataDir: string;
  /** Calls the server as the owner unless `headers` say otherwise. A `json` body is sent as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  stop(): Promise<void>;
}

export interface CallOptions {
  json?: unknown;
  /** @defaultValue the API key of the owner */
  headers?: Record<string, string>;
  /** Revision a change was made from, or `*`. */
  ifMatch?: string;
  body?: string;
}

export interface Reply {
  status: number;
  headers: Headers;
  /** The parsed answer; text where it is no JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any;
}

/**
 * Starts the server as `main.ts` does. With `owner` (the default) the owner and an API key are there from the start.
 * `environment` adds settings, for example `{ WFAIB_BODY_LIMIT: '1kb' }`.
 */
export async function startTestServer(
  choices: { owner?: boolean; environment?: Record<string, string> } = {},
): Promise<TestServer> {
  const db = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'wfaib-test-data-'));
  const owner = { WFAIB_OWNER_EMAIL: ownerEmail, WFAIB_OWNER_PASSWORD: ownerPassword, WFAIB_API_KEY: ownerKey };
  const settings = readSettings({
    DATABASE_URL: db.url,
    WFAIB_DATA_DIR: dataDir,
    WFAIB_PORT: '0',
    WFAIB_LOG_LEVEL: 'silent',
    WFAIB_ENGINE: 'queue',
    ...(choices.owner === false ? {} : owner),
    ...choices.environment,
  });
  const { app, url } = await startServer(settings, createLog(settings.logLevel));
  return {
    url: url!,
    app,
    db,
    dataDir,
    call: (method, path, options) => call(url! + path, method, options),
    stop: async () => {
      // As `shutdown.ts` does: a connection that was kept alive would hold the server open for over a minute.
      const late = setTimeout(() => (app as INestApplication<Server>).getHttpServer().closeAllConnections(), 500);
      await app.close();
      clearTimeout(late);
      await db.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function call(
  url: string,
  method: string,
  { json, headers = { authorization: `Bearer ${ownerKey}` }, ifMatch, body }: CallOptions = {},
): Promise<Reply> {
  const content = json === undefined ? body : JSON.stringify(json);
  const type = {
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  };
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
