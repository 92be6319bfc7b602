import type { HttpTransport } from '@wfaib/sdk/connector-http.types';
import { EgressPolicy } from './egress-policy.js';
import type { EgressRules } from './egress.types.js';
import { guardedTransport } from './guarded-transport.js';
import { guardAllSockets } from './socket-guard.js';

/** Puts the guard into a child process, for good, and gives the way out that is left. Call it before loading any plugin. */
export function guardProcess(rules: EgressRules): HttpTransport {
  const policy = new EgressPolicy(rules);
  guardAllSockets(policy);
  return guardedTransport(policy);
}
