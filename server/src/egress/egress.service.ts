import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { createHttpClient } from '@wfaib/sdk/connector-http';
import type { HttpClient, HttpTransport, TransportRequest, TransportResponse } from '@wfaib/sdk/connector-http.types';
import { Settings } from '../config/config.service.js';
import { EgressPolicy } from './egress-policy.js';
import type { EgressRules, Endpoint } from './egress.types.js';
import { guardedTransport } from './guarded-transport.js';

/** The one way out: HTTP that cannot reach private networks unless `WFAIB_EGRESS_ALLOW` opens them. */
@Injectable()
export class Egress {
  private protect: Promise<Endpoint[]> | undefined;
  private ready: Promise<HttpTransport> | undefined;

  /** @throws InvalidEgressRule */
  constructor(private readonly settings: Settings) {
    EgressPolicy.check(settings.egressAllow);
  }

  /** The rules as plain JSON, for child processes that run the guard themselves. */
  async rules(): Promise<EgressRules> {
    this.protect ??= ownEndpoints(this.settings);
    return { allow: this.settings.egressAllow, protect: await this.protect };
  }

  /** An HTTP client without a credential; the same one that connectors get. */
  client(signal: AbortSignal): HttpClient {
    return createHttpClient({ transport: (request) => this.exchange(request), signal });
  }

  /** One request and its answer, which may be a redirect: it is not followed. @throws EgressBlocked */
  async exchange(request: TransportRequest): Promise<TransportResponse> {
    this.ready ??= this.rules().then((rules) => guardedTransport(new EgressPolicy(rules)));
    return (await this.ready)(request);
  }
}

async function ownEndpoints(settings: Settings): Promise<Endpoint[]> {
  const database = new URL(settings.databaseUrl);
  const endpoints = [{ host: database.hostname, port: Number(database.port || 5432) }];
  if (settings.redisUrl !== undefined) {
    const redis = new URL(settings.redisUrl);
    endpoints.push({ host: redis.hostname, port: Number(redis.port || 6379) });
  }
  const temporal = /^\[?(.+?)\]?:(\d+)$/.exec(settings.temporalAddress ?? '');
  if (temporal) endpoints.push({ host: temporal[1]!, port: Number(temporal[2]) });
  return Promise.all(endpoints.map(async (one) => ({ ...one, addresses: await addressesOf(one.host) })));
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
