import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ownerEmail,
  ownerPassword,
  startTestServer,
  type TestServer,
} from '../../../../../test/support/test-server.js';

const pages = 'http://127.0.0.1:8233';
const value = { metadata: { encoding: btoa('json/plain') }, data: btoa('"Salaries"') };

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer({ environment: { TEMPORAL_UI_URL: `${pages}/` } });
  const signedIn = await server.call('POST', '/api/session', { json: { email: ownerEmail, password: ownerPassword } });
  cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(() => server?.stop());

const call = (what: 'encode' | 'decode', payloads: unknown, headers?: Record<string, string>) =>
  server.call('POST', `/codec/${what}`, { json: { payloads }, ...(headers ? { headers } : {}) });

describe('the codec for the pages of Temporal', () => {
  it('opens what it sealed', async () => {
    const sealed = await call('encode', [value, value]);
    expect(sealed.status).toBe(200);
    expect(JSON.stringify(sealed.body)).not.toContain(value.data);
    expect((await call('decode', sealed.body.payloads)).body).toEqual({ payloads: [value, value] });
  });

  it('lets those pages call it with the session of an administrator, and no other pages', async () => {
    const fromPages = await call('decode', [value], { cookie, origin: pages, 'x-namespace': 'wfaib' });
    expect(fromPages.status).toBe(200);
    expect(fromPages.headers.get('access-control-allow-origin')).toBe(pages);
    expect(fromPages.headers.get('access-control-allow-credentials')).toBe('true');
    const elsewhere = await call('decode', [value], { cookie, origin: 'http://127.0.0.1:9999' });
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'auth.originDenied' } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers the question that browsers ask before, to those pages only', async () => {
    const ask = (origin: string) => server.call('OPTIONS', '/codec/decode', { headers: { origin } });
    expect((await ask(pages)).headers.get('access-control-allow-headers')).toContain('x-namespace');
    expect((await ask('http://127.0.0.1:9999')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('opens nothing without a credential, and lets those pages read that', async () => {
    const refused = await call('decode', [value], { origin: pages });
    expect(refused).toMatchObject({ status: 401, body: { code: 'auth.required' } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(pages);
  });

  it.each([
    ['no list', 'x'],
    ['data that is no base64', [{ metadata: {}, data: '%%%' }]],
  ])('answers 400 to %s', async (_, payloads) => {
    expect(await call('decode', payloads)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('says why something cannot be opened', async () => {
    const sealed = { metadata: { encoding: btoa('binary/wfaib-sealed'), 'wfaib-key': btoa('other') }, data: btoa('x') };
    expect(await call('decode', [sealed])).toMatchObject({ status: 422, body: { code: 'codec.unreadable' } });
  });
});
