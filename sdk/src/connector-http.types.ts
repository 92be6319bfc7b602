import type { JsonValue } from './items.js';

/** A value of a query parameter: arrays repeat the name, null and undefined leave it out. */
export type QueryValue = JsonValue | undefined;

/** A part of a multipart body. */
export interface MultipartPart {
  name: string;
  content: string | Uint8Array;
  fileName?: string;
  mimeType?: string;
}

export interface HttpRequest {
  /** @defaultValue 'GET' */
  method?: string;
  /** Absolute, or relative to the base address of the credential. */
  url: string;
  query?: Record<string, QueryValue>;
  headers?: Record<string, string | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: Record<string, QueryValue>;
  multipart?: MultipartPart[];
  /** Sent as it is; set `content-type` yourself. */
  body?: string | Uint8Array;
  /** Longest the whole exchange may take, in milliseconds. @defaultValue 30_000 */
  timeoutMs?: number;
  /** Largest response that is accepted, in bytes. @defaultValue 50 MiB */
  maxBytes?: number;
  /** Answers a status of 400 and above instead of throwing `http.status`. @defaultValue false */
  allowErrors?: boolean;
  /** Sends the request without the credential. @defaultValue false */
  anonymous?: boolean;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; several values of a name are joined by a comma. */
  headers: Record<string, string>;
  /** Address of the last request, after redirects. */
  url: string;
  bytes: Uint8Array;
  text(): string;
  /** @throws ConnectorError `http.notJson` */
  json(): JsonValue;
  /** JSON where the content type says so (nothing is null), else the text. */
  body(): JsonValue;
}

export type RequestOptions = Omit<HttpRequest, 'method' | 'url' | 'json'>;

/** The next request of a list that comes in pages, or undefined after the last page. */
export type NextPage = (response: HttpResponse, page: number) => HttpRequest | undefined;

/* oxlint-disable typescript/no-explicit-any -- what a service answers is for the caller to name */
/**
 * Speaks HTTP with the credential of the step. Nothing is retried: the engine does that, with the policy of the step.
 * Redirects are followed (10); on another host the credential, cookies and authorization are dropped.
 * The short forms answer the parsed body and throw `http.status` for a status of 400 and above.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  get<T = any>(url: string, options?: RequestOptions): Promise<T>;
  post<T = any>(url: string, json?: unknown, options?: RequestOptions): Promise<T>;
  put<T = any>(url: string, json?: unknown, options?: RequestOptions): Promise<T>;
  patch<T = any>(url: string, json?: unknown, options?: RequestOptions): Promise<T>;
  delete<T = any>(url: string, options?: RequestOptions): Promise<T>;
  /** Asks page after page; stops when `next` answers nothing or after `maxPages` (100). */
  pages(first: HttpRequest, next: NextPage, options?: { maxPages?: number }): AsyncIterable<HttpResponse>;
}
/* oxlint-enable typescript/no-explicit-any */

/** A request on its way out, where a credential may still change address and headers (names in lower case). */
export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
}

/** One exchange without redirects, as a transport sees it. */
export interface TransportRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

export interface TransportResponse {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
}

/** The way out of the process. In production it is the egress guard; tests may use their own. */
export type HttpTransport = (request: TransportRequest) => Promise<TransportResponse>;
