import { encodeBody, searchParams, type EncodedBody } from './connector-http-body.js';
import { statusError } from './connector-http-errors.js';
import type {
  ByteSource,
  HttpClient,
  HttpRequest,
  HttpResponse,
  HttpTransport,
  NextPage,
  OutgoingRequest,
  RequestOptions,
  StreamedResponse,
  TransportRequest,
  TransportResponse,
} from './connector-http.types.js';
import { ConnectorError, UserError } from './errors.js';
import type { JsonValue } from './items.js';

const maxRedirects = 10;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** Never follow to another host: they may be how the person signed in. */
const privateHeaders = ['authorization', 'cookie', 'proxy-authorization'];

export interface HttpClientChoices {
  transport: HttpTransport;
  signal: AbortSignal;
  baseUrl?: string | undefined;
  /** Puts the credential on a request. */
  authorize?: ((request: OutgoingRequest) => void) | undefined;
  /** Refuses hosts the connector did not declare. */
  checkHost?(url: URL): void;
}

/** Makes the client that actions get: base address, credential, redirects, limits and errors in one place. */
export function createHttpClient(choices: HttpClientChoices): HttpClient {
  const request = (wanted: HttpRequest) => exchange(choices, wanted);
  const parsed = async (method: string, url: string, options: RequestOptions = {}, json?: unknown) =>
    (await request({ ...options, method, url, ...(json === undefined ? {} : { json }) })).body() as never;
  return {
    request,
    stream: (wanted) => streamed(choices, wanted),
    get: (url, options) => parsed('GET', url, options),
    post: (url, json, options) => parsed('POST', url, options, json),
    put: (url, json, options) => parsed('PUT', url, options, json),
    patch: (url, json, options) => parsed('PATCH', url, options, json),
    delete: (url, options) => parsed('DELETE', url, options),
    pages: (first, next, options) => pages(request, first, next, options?.maxPages ?? 100),
  };
}

async function* pages(
  request: (wanted: HttpRequest) => Promise<HttpResponse>,
  first: HttpRequest,
  next: NextPage,
  maxPages: number,
): AsyncGenerator<HttpResponse> {
  let wanted: HttpRequest | undefined = first;
  for (let page = 1; wanted && page <= maxPages; page++) {
    const response = await request(wanted);
    yield response;
    wanted = next(response, page);
  }
}

async function exchange(choices: HttpClientChoices, wanted: HttpRequest): Promise<HttpResponse> {
  const body = encodeBody(wanted);
  const first = firstRequest(choices, wanted, body);
  const { received, url } = await follow(choices, wanted, first, body?.bytes);
  const response = responseOf(received, url);
  if (response.status >= 400 && wanted.allowErrors !== true) throw statusError(first.method, response);
  return response;
}

async function streamed(choices: HttpClientChoices, wanted: HttpRequest): Promise<StreamedResponse> {
  const encoded = encodeBody(wanted);
  const first = firstRequest(choices, wanted, encoded);
  const { received, url } = await follow(choices, wanted, first, encoded?.bytes, true);
  const { status, headers, body = once(received.bytes) } = received;
  if (status < 400 || wanted.allowErrors === true)
    return { status, headers, url: url.href, body: partsOf(choices, wanted, url, body) };
  throw statusError(first.method, responseOf({ status, headers, bytes: await firstBytes(body) }, url));
}

async function* partsOf(
  choices: HttpClientChoices,
  wanted: HttpRequest,
  url: URL,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw asTold(error, choices, wanted, url);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The beginning of a body; the rest is left where it is. */
async function firstBytes(body: AsyncIterable<Uint8Array>, count = 2048): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= count) break;
  }
  return Buffer.concat(parts).subarray(0, count);
}

function firstRequest(choices: HttpClientChoices, wanted: HttpRequest, body?: EncodedBody): OutgoingRequest {
  const url = absoluteUrl(wanted.url, choices.baseUrl);
  for (const [name, value] of searchParams(wanted.query ?? {})) url.searchParams.append(name, value);
  const headers: Record<string, string> = { accept: 'application/json, text/*;q=0.9, */*;q=0.8' };
  if (body?.contentType !== undefined) headers['content-type'] = body.contentType;
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return { method: (wanted.method ?? 'GET').toUpperCase(), url, headers };
}

/** @throws UserError for an address that is not one, or is not http or https */
function absoluteUrl(text: string, baseUrl: string | undefined): URL {
  const base = baseUrl === undefined || baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  const path = base === undefined ? text : text.replace(/^\//, '');
  if (!URL.canParse(path, base)) throw new UserError(`"${text}" is not a URL. Write it with http:// or https://.`);
  const url = new URL(path, base);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new UserError(`"${url.protocol}" addresses are not allowed. Write one with http:// or https://.`);
}

type Sent = OutgoingRequest & { body?: Uint8Array | ByteSource };

function isSource(body: Uint8Array | ByteSource | undefined): body is ByteSource {
  return body !== undefined && !(body instanceof Uint8Array);
}

/** Sends and follows redirects. The credential goes only to the host it was meant for. */
async function follow(
  choices: HttpClientChoices,
  wanted: HttpRequest,
  first: OutgoingRequest,
  body: Uint8Array | ByteSource | undefined,
  isStreamed = false,
): Promise<{ received: TransportResponse; url: URL }> {
  const timeoutMs = wanted.timeoutMs ?? 30_000;
  const deadline = performance.now() + timeoutMs;
  // Part by part it is the wait for the next one that counts, however long the whole takes.
  const left = () => (isStreamed || isSource(body) ? timeoutMs : deadline - performance.now());
  let current: Sent = body === undefined ? first : { ...first, body };
  for (let hop = 0; ; hop++) {
    choices.checkHost?.(current.url);
    const sent = prepared({ choices, wanted, home: first.url, isStreamed }, current, left());
    const received = await transported(choices, sent, wanted);
    const target = redirectTarget(received, current.url);
    if (target === undefined) return { received, url: current.url };
    if (received.body) await firstBytes(received.body, 0);
    if (hop >= maxRedirects) throw tooManyRedirects(first.url);
    current = redirected(current, target, received.status);
  }
}

async function transported(choices: HttpClientChoices, sent: TransportRequest, wanted: HttpRequest) {
  try {
    return await choices.transport(sent);
  } catch (error) {
    throw asTold(error, choices, wanted, sent.url);
  }
}

/** What a failed exchange is to the step. */
function asTold(error: unknown, choices: HttpClientChoices, wanted: HttpRequest, url: URL): unknown {
  if (choices.signal.aborted) return choices.signal.reason;
  if ((error as Error).name !== 'TimeoutError') return error;
  const message = `${url.origin} did not answer within ${wanted.timeoutMs ?? 30_000} ms.`;
  return new ConnectorError(message, { code: 'http.timeout', retryable: true });
}

function prepared(
  exchange: { choices: HttpClientChoices; wanted: HttpRequest; home: URL; isStreamed: boolean },
  current: Sent,
  timeoutMs: number,
): TransportRequest {
  const { choices, wanted, home, isStreamed } = exchange;
  const outgoing: OutgoingRequest = {
    method: current.method,
    url: new URL(current.url),
    headers: { ...current.headers },
  };
  if (wanted.anonymous !== true && isSameHost(home, outgoing.url)) choices.authorize?.(outgoing);
  return {
    ...outgoing,
    ...(current.body === undefined ? {} : { body: current.body }),
    timeoutMs: Math.max(1, Math.ceil(timeoutMs)),
    maxBytes: wanted.maxBytes ?? (isStreamed ? Number.MAX_SAFE_INTEGER : 50 * 1024 * 1024),
    ...(isStreamed ? { isStreamed } : {}),
    signal: choices.signal,
  };
}

/** The same origin, or the same host moving up from http to https. */
function isSameHost(home: URL, target: URL): boolean {
  if (home.origin === target.origin) return true;
  const isUpgrade = home.protocol === 'http:' && target.protocol === 'https:';
  return isUpgrade && home.hostname === target.hostname && home.port === '' && target.port === '';
}

function redirectTarget(received: TransportResponse, from: URL): URL | undefined {
  const location = received.headers['location'];
  if (!redirectStatuses.has(received.status) || location === undefined) return undefined;
  return absoluteUrl(URL.canParse(location, from.href) ? new URL(location, from).href : location, undefined);
}

function redirected(current: Sent, target: URL, status: number) {
  const headers = { ...current.headers };
  if (!isSameHost(current.url, target)) for (const name of privateHeaders) delete headers[name];
  const { method } = current;
  const becomesGet = (status === 303 && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST');
  if (!becomesGet) return { ...current, url: target, headers };
  delete headers['content-type'];
  return { method: 'GET', url: target, headers };
}

function tooManyRedirects(url: URL): ConnectorError {
  return new ConnectorError(`${url.origin} redirected more than ${maxRedirects} times.`, {
    code: 'http.tooManyRedirects',
    retryable: false,
  });
}

function responseOf(received: TransportResponse, url: URL): HttpResponse {
  const text = () => new TextDecoder(charsetOf(received.headers['content-type'])).decode(received.bytes);
  const json = () => parseJson(text(), url);
  const body = () => (received.bytes.length === 0 ? null : isJson(received.headers) ? json() : text());
  return { ...received, url: url.href, text, json, body };
}

function isJson(headers: Record<string, string>): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b|^text\/json\b/i.test(headers['content-type'] ?? '');
}

function charsetOf(contentType = ''): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return 'utf-8';
  }
}

function parseJson(text: string, url: URL): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new ConnectorError(`${url.origin}${url.pathname} answered something that is not JSON.`, {
      code: 'http.notJson',
      retryable: false,
      details: { body: text.slice(0, 2048) },
    });
  }
}
