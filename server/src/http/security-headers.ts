/** The user interface has no inline script; libraries of the editor set inline styles. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Pages made by workflows: an origin of their own, so that their scripts reach neither cookies nor the API. */
const sandboxPolicy = "sandbox allow-forms allow-scripts; frame-ancestors 'none'";

const workflowPaths = /^\/(hooks|hooks-test|webhook|webhook-test|resume)(\/|$)/;

/** Headers that every answer carries. */
export function securityHeaders(path: string, isHttps: boolean): Record<string, string> {
  return {
    'content-security-policy': workflowPaths.test(path) ? sandboxPolicy : pagePolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    ...(path.startsWith('/api/') ? { 'cache-control': 'no-store' } : {}),
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
