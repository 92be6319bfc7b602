import type { Sentence } from '@wfaib/sdk/sentence';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { t } from '../shared/i18n/i18n.js';
import { told, toldProblem } from '../shared/i18n/told.js';

/** What the server said when it refused. `message` is in the language of the page and may be shown as it is. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId?: string,
    readonly problems?: Problem[],
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  query?: Record<string, string | number | undefined | null>;
  signal?: AbortSignal;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
}

/** Reads JSON; answers 204 as `undefined`. @throws ApiError for every refusal and when the server cannot be reached */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const body = await readBody(response);
  if (!response.ok) throw errorOf(response, body);
  return body as T;
}

export const get = <T>(path: string, options?: RequestOptions) => request<T>('GET', path, options);
export const post = <T>(path: string, body?: unknown, options?: RequestOptions) =>
  request<T>('POST', path, { ...options, body: body ?? {} });
export const put = <T>(path: string, body: unknown, options?: RequestOptions) =>
  request<T>('PUT', path, { ...options, body });
export const patch = <T = void>(path: string, body: unknown) => request<T>('PATCH', path, { body });
export const remove = <T = void>(path: string, options?: RequestOptions) => request<T>('DELETE', path, options);

/** The sentence to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  if (options.keepalive) init.keepalive = true;
  if (options.signal) init.signal = options.signal;
  try {
    return await fetch(path + queryString(options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'network', t('error.unreachable'));
  }
}

function queryString(query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (pairs.length === 0) return '';
  return '?' + new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { message: text.slice(0, 500) };
  }
}

function errorOf(response: Response, body: unknown): ApiError {
  const known = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const message =
    typeof known['message'] === 'string'
      ? told(known['said'] as Sentence | undefined, known['message'])
      : t('error.status', { status: response.status });
  return new ApiError(
    response.status,
    typeof known['code'] === 'string' ? known['code'] : `http.${response.status}`,
    message,
    typeof known['requestId'] === 'string' ? known['requestId'] : undefined,
    Array.isArray(known['problems']) ? (known['problems'] as Problem[]).map(toldProblem) : undefined,
    known,
  );
}
