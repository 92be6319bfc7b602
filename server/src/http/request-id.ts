import type { IncomingMessage } from 'node:http';
import { RandomIds } from '../clock/ids.service.js';

const ids = new RandomIds();
const acceptable = /^[\w.:/+=@-]{1,128}$/;

/** The caller's `X-Request-Id` where it is plain text of up to 128 characters, else a new id. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : ids.newId();
}
