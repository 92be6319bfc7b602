import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { EgressPolicy } from './egress-policy.js';

/**
 * A `lookup` for sockets that answers only addresses that may be connected to. The socket connects to what it answers, so
 * a name that changes between check and connect gains nothing. Fails when no address is left.
 */
export function guardedLookup(
  policy: EgressPolicy,
  port: number,
  resolve: typeof systemLookup = systemLookup,
): LookupFunction {
  return (host, options: LookupOptions, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const { allowed, refusal } = pickAllowed(policy, host, addresses, port);
      if (!allowed[0]) return callback(refusal ?? new Error(`${host} has no address.`), '', 0);
      if (options.all) return callback(null, allowed);
      callback(null, allowed[0].address, allowed[0].family);
    });
  };
}

function pickAllowed(policy: EgressPolicy, host: string, addresses: LookupAddress[], port: number) {
  let refusal: Error | undefined;
  const allowed = addresses.filter(({ address }) => {
    try {
      policy.check(host, address, port);
      return true;
    } catch (error) {
      refusal ??= error as Error;
      return false;
    }
  });
  return { allowed, refusal };
}
