import { readFileSync } from 'node:fs';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { InvalidSetting } from '../../config/config.errors.js';

type Variables = Readonly<Record<string, string>>;

/**
 * How to reach Temporal, out of the variables that Temporal's own clients use: `TEMPORAL_API_KEY` (switches TLS on),
 * `TEMPORAL_TLS`, and `TEMPORAL_TLS_SERVER_CA_CERT`, `…_CLIENT_CERT`, `…_CLIENT_KEY`, each with `_PATH` or `_DATA`, and
 * `TEMPORAL_TLS_SERVER_NAME`. One of these without `TEMPORAL_TLS=false` switches TLS on.
 * @throws {InvalidSetting}
 * @see https://docs.temporal.io/references/client-environment-configuration
 */
export function connectionOptions(address: string, variables: Variables): NativeConnectionOptions {
  const apiKey = variables.TEMPORAL_API_KEY;
  const tls = tlsOptions(variables);
  const isPlain = variables.TEMPORAL_TLS === 'false';
  const wantsTls = variables.TEMPORAL_TLS === 'true' || apiKey !== undefined || Object.keys(tls).length > 0;
  return {
    address,
    grpcCompression: { codec: 'none' },
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(wantsTls && !isPlain ? { tls } : {}),
  };
}

function tlsOptions(variables: Variables): Exclude<NativeConnectionOptions['tls'], boolean | null | undefined> {
  const authority = pem('TEMPORAL_TLS_SERVER_CA_CERT', variables);
  const crt = pem('TEMPORAL_TLS_CLIENT_CERT', variables);
  const key = pem('TEMPORAL_TLS_CLIENT_KEY', variables);
  const name = variables.TEMPORAL_TLS_SERVER_NAME;
  if ((crt === undefined) !== (key === undefined))
    throw new InvalidSetting('TEMPORAL_TLS_CLIENT_CERT', 'and TEMPORAL_TLS_CLIENT_KEY go together; set both or none');
  return {
    ...(authority ? { serverRootCACertificate: authority } : {}),
    ...(crt && key ? { clientCertPair: { crt, key } } : {}),
    ...(name === undefined ? {} : { serverNameOverride: name }),
  };
}

function pem(name: string, variables: Variables): Buffer | undefined {
  const data = variables[`${name}_DATA`];
  const path = variables[`${name}_PATH`];
  if (data !== undefined) return Buffer.from(data);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidSetting(`${name}_PATH`, `names the file ${path}, which cannot be read (${code})`);
  }
}
