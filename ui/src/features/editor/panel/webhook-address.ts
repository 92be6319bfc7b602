/** The address that a webhook with this path is called at: what has to be written otherwise in an address is, parameters stay. */
export function webhookAddress(origin: string, path: string): string {
  const segments = path.trim().split('/').filter(Boolean);
  return [origin, 'hooks', ...segments.map((segment) => encodeURIComponent(segment).replace(/^%3A/, ':'))].join('/');
}
