import type { Settings } from '../config/config.service.js';
import { sessionMaxDays } from './sessions.service.js';

const isSecure = (settings: Settings): boolean => settings.publicUrl.startsWith('https:');

// `__Host-` makes browsers refuse the cookie from any other host or without TLS (RFC 6265bis, section 4.1.3.2).
const cookieName = (settings: Settings): string => (isSecure(settings) ? '__Host-wfaib' : 'wfaib');

/** Value of `Set-Cookie` that signs a browser in. */
export function sessionCookie(settings: Settings, secret: string): string {
  return cookie(settings, secret, sessionMaxDays * 86_400);
}

/** Value of `Set-Cookie` that signs a browser out. */
export function expiredCookie(settings: Settings): string {
  return cookie(settings, '', 0);
}

/** The secret of the session cookie, where the request carries one. */
export function readSessionCookie(settings: Settings, header: string | undefined): string | undefined {
  const start = `${cookieName(settings)}=`;
  const found = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  return found?.slice(start.length) || undefined;
}

function cookie(settings: Settings, value: string, maxAgeSeconds: number): string {
  const secure = isSecure(settings) ? '; Secure' : '';
  return `${cookieName(settings)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}
