import type { JsonValue } from './items.js';

/** A value of a query parameter: arrays repeat the name, null and undefined leave it out. */
export type QueryValue = JsonValue | undefined;

/** Bytes that are never in memory as a whole: they are read as they are sent, again from their start after a redirect. */
export interface ByteSource {
  /** In bytes. */
  size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** A part of a multipart body. */
export interface MultipartPart {
  name: string;
  content: string | Uint8Array | ByteSource;
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
  body?: string | Uint8Array | ByteSource;
  /**
   * Longest the whole exchange may take, in milliseconds. Where bytes go or come part by part ({@link ByteSource},
   * {@link HttpClient.stream}) it is the longest wait for the next part instead.
   * @defaultValue 30_000
   */
  timeoutMs?: number;
  /** Largest response that is accepted, in bytes. @defaultValue 50 MiB; no limit with {@link HttpClient.stream} */
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

/** A response whose body is read as it comes. Read it to its end, or leave the loop: nothing else ends the exchange. */
export interface StreamedResponse extends Pick<HttpResponse, 'status' | 'headers' | 'url'> {
  body: AsyncIterable<Uint8Array>;
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
  /** For bodies that do not fit into memory. */
  stream(request: HttpRequest): Promise<StreamedResponse>;
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
  body?: Uint8Array | ByteSource;
  /** Whether the body of the response is wanted part by part, as `body`. */
  isStreamed?: boolean;
  /** As in {@link HttpRequest}. */
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

export interface TransportResponse {
  status: number;
  headers: Record<string, string>;
  /** Empty where the body comes part by part. */
  bytes: Uint8Array;
  /** Where it was asked for. */
  body?: AsyncIterable<Uint8Array>;
}

/** The way out of the process. In production it is the egress guard; tests may use their own. */
export type HttpTransport = (request: TransportRequest) => Promise<TransportResponse>;
