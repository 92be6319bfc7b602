import type { IncomingHttpHeaders } from 'node:http';
import { OriginDenied } from './auth.errors.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a page of another site makes a browser send. Browsers name the page in `Origin` on every unsafe request;
 * programs send neither that nor `Sec-Fetch-Site`, and carry no cookie that they were not given.
 * @param alsoFrom address of pages that are not ours and may call as well
 * @throws {OriginDenied}
 */
export function checkOrigin(method: string, headers: IncomingHttpHeaders, publicUrl: string, alsoFrom?: string): void {
  if (safeMethods.has(method)) return;
  const { origin, host } = headers;
  if (origin === undefined) return refuseForeignFetch(headers['sec-fetch-site']);
  if (alsoFrom !== undefined && origin === new URL(alsoFrom).origin) return;
  const isOwn = origin === new URL(publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === host);
  if (!isOwn) throw new OriginDenied();
}

function refuseForeignFetch(site: string | string[] | undefined): void {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new OriginDenied();
}
