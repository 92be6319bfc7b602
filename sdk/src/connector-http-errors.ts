import type { HttpResponse } from './connector-http.types.js';
import { ConnectorError } from './errors.js';

/** How much of a refused response's body goes into the error, in bytes. */
const shownBytes = 2048;

/** 408, 425, 429 and 5xx but 501 may be over soon; everything else stays as it is. */
function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

/** The error of a status of 400 and above: status, the first 2 KB of the body, and the wait the service asked for. */
export function statusError(method: string, response: HttpResponse, now = Date.now()): ConnectorError {
  const address = new URL(response.url);
  const retryAfterMs = retryAfter(response.headers['retry-after'], now);
  return new ConnectorError(`${method} ${address.origin}${address.pathname} answered ${response.status}.`, {
    code: 'http.status',
    status: response.status,
    retryable: mayPass(response.status),
    details: { body: firstText(response.bytes), contentType: response.headers['content-type'] ?? null },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function firstText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, shownBytes));
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
