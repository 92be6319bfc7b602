import { apiKey } from '../support/installation.js';

/** What a caller got to hear; undefined where the connection broke or nobody listened. */
export interface Heard<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** One try of one call: a caller that meets a killed server hears nothing, and has to live with it. */
export async function ask<Body>(
  method: string,
  url: string,
  body?: unknown,
  timeoutMs = 45_000,
): Promise<Heard<Body> | undefined> {
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  } catch (error) {
    // Nobody there, or gone in mid-answer: what a kill looks like from outside. Silence is another matter.
    if ((error as Error).name === 'TimeoutError') console.warn(`${method} ${url}: no answer within ${timeoutMs} ms`);
    return undefined;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so. @throws after `timeoutMs` */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1000} s.`);
    await pause(20);
  }
}
