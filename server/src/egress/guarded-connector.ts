import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { EgressPolicy } from './egress-policy.js';
import { guardedLookup } from './guarded-lookup.js';

/**
 * Opens the sockets of the HTTP client. A guard in `lookup` alone is not enough: it is never asked for IP literals, so
 * those are checked here, and what the socket really reached is checked once more.
 */
export function guardedConnector(policy: EgressPolicy): buildConnector.connector {
  const byPort = new Map<number, buildConnector.connector>();
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    const open = byPort.get(port) ?? buildConnector({ timeout: 10_000, lookup: guardedLookup(policy, port) });
    byPort.set(port, open);
    const refusal = isIP(host) === 0 ? undefined : refusalOf(policy, host, host, port);
    if (refusal) return callback(refusal, null);
    open(options, (error, socket) => {
      if (error) return callback(error, null);
      const late = refusalOf(policy, host, socket.remoteAddress ?? '', port);
      if (!late) return callback(null, socket);
      socket.destroy();
      callback(late, null);
    });
  };
}

function refusalOf(policy: EgressPolicy, host: string, address: string, port: number): Error | undefined {
  try {
    policy.check(host, address, port);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
