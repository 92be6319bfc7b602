import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when a connection would reach a network that is closed to workflows. Not retried. */
export class EgressBlocked extends WfaibError {
  readonly code = 'egress.blocked';

  constructor(
    readonly host: string,
    /** Which network is closed, with the host. */
    fact: string,
    /** What to put into `WFAIB_EGRESS_ALLOW`. */
    readonly opensWith: string,
  ) {
    super(`${fact}. To let workflows reach it, add ${opensWith} to WFAIB_EGRESS_ALLOW.`);
  }

  override details(): Record<string, unknown> {
    return { host: this.host, setting: 'WFAIB_EGRESS_ALLOW', opensWith: this.opensWith };
  }
}

/** Thrown when a response is larger than the caller accepts. Not retried: it would be as large again. */
export class ResponseTooLarge extends WfaibError {
  readonly code = 'http.tooLarge';

  constructor(host: string, maxBytes: number) {
    super(`${host} answered with more than ${maxBytes} bytes.`);
  }
}

/** Thrown at the start for an entry of `WFAIB_EGRESS_ALLOW` that means nothing. */
export class InvalidEgressRule extends WfaibError {
  readonly code = 'egress.invalidRule';
  override readonly level = 'error';

  constructor(readonly entry: string) {
    super(`WFAIB_EGRESS_ALLOW holds "${entry}", which is no network (127.0.0.0/8), address or host with a port.`);
  }
}
