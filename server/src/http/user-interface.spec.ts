import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../config/read-settings.js';
import { createLog } from '../logging/logger.service.js';
import { UserInterface } from './user-interface.js';
import { WebServer } from './web-server.js';

let folder: string;
let server: WebServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wfaib-ui-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>WFAIB</title>');
  writeFileSync(join(folder, 'assets/app-3f2b.js'), 'plain');
  writeFileSync(join(folder, 'assets/app-3f2b.js.br'), 'small');
  const ui = UserInterface.in(folder)!;
  const settings = readSettings({ DATABASE_URL: 'postgres://h/d', WFAIB_PUBLIC_URL: 'https://flows.example.test' });
  server = new WebServer(settings, createLog('silent'), ui);
  await ui.register(server.getInstance());
  server.setNotFoundHandler();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = { accept: 'text/html' }, method: 'GET' | 'POST' = 'GET') =>
  server.inject({ method, url, headers });

it('is not there where it has not been built', () => {
  expect(UserInterface.in(join(folder, 'assets'))).toBeUndefined();
});

describe('a page', () => {
  it.each(['/', '/index.html', '/workflows', '/runs/42/steps', '/setup?token=x', '/apiary'])(
    '%s is the interface, asked for anew each time',
    async (url) => {
      const reply = await get(url);
      expect(reply.body).toContain('<title>WFAIB</title>');
      expect(reply.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' });
    },
  );

  it.each(['/api/none', '/health/none', '/hooks/none', '/assets/gone.js', '/metrics/x'])(
    '%s is none, and answers JSON',
    async (url) => {
      expect((await get(url)).json()).toMatchObject({ code: 'route.notFound' });
    },
  );

  it('is not what a program asks for that wants JSON', async () => {
    expect((await get('/workflows', { accept: 'application/json' })).statusCode).toBe(404);
  });

  it('cannot be posted to', async () => {
    expect((await get('/', {}, 'POST')).json()).toMatchObject({ code: 'request.methodNotAllowed' });
  });
});

describe('a file with a hash in its name', () => {
  it('is kept by browsers for ever', async () => {
    const reply = await get('/assets/app-3f2b.js');
    expect(reply.body).toBe('plain');
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('comes compressed where the browser takes it', async () => {
    const reply = await get('/assets/app-3f2b.js', { 'accept-encoding': 'gzip, br' });
    expect(reply.headers['content-encoding']).toBe('br');
    expect(reply.body).toBe('small');
  });
});

it('cannot be left for other folders', async () => {
  expect((await get('/assets/../../../../etc/passwd')).body).not.toContain('root:');
  expect((await get('/assets/%2e%2e%2f%2e%2e%2fetc/passwd')).body).not.toContain('root:');
});

it('tells browsers to come back by https only, where that is the address', async () => {
  expect((await get('/')).headers['strict-transport-security']).toBe('max-age=31536000');
});
