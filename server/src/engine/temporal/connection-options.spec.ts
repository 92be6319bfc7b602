import { expect, it } from 'vitest';
import { connectionOptions } from './connection-options.js';

const optionsFor = (variables: Record<string, string>) => connectionOptions('temporal:7233', variables);

it('speaks plainly to a Temporal in the same network', () => {
  expect(optionsFor({ TEMPORAL_ADDRESS: 'temporal:7233' })).toEqual({
    address: 'temporal:7233',
    grpcCompression: { codec: 'none' },
  });
});

it('uses TLS with an API key, as Temporal Cloud wants it', () => {
  expect(optionsFor({ TEMPORAL_API_KEY: 'k' })).toMatchObject({ apiKey: 'k', tls: {} });
});

it('uses TLS when asked to, or when there is a certificate, unless it is switched off', () => {
  expect(optionsFor({ TEMPORAL_TLS: 'true' })).toHaveProperty('tls');
  const files = { TEMPORAL_TLS_CLIENT_CERT_DATA: 'crt', TEMPORAL_TLS_CLIENT_KEY_DATA: 'key' };
  expect(optionsFor({ ...files, TEMPORAL_TLS_SERVER_NAME: 'flows' })).toMatchObject({
    tls: { clientCertPair: { crt: Buffer.from('crt'), key: Buffer.from('key') }, serverNameOverride: 'flows' },
  });
  expect(optionsFor({ ...files, TEMPORAL_TLS: 'false' })).not.toHaveProperty('tls');
});

it('says which file or which half is missing', () => {
  expect(() => optionsFor({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'crt' })).toThrow('set both or none');
  expect(() => optionsFor({ TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nowhere' })).toThrow(
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH names the file /nowhere, which cannot be read (ENOENT).',
  );
});
