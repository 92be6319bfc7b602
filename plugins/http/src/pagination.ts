import type { HttpRequest, HttpResponse, ItemInput, JsonValue } from '@wfaib/sdk';
import { UserError } from '@wfaib/sdk';
import { buildRequest } from './build-request.js';
import { atPath, evaluateOver } from './response-expression.js';
import { fileOutput, fullOutput, itemsOf } from './response-items.js';
import type { RequestContext, RequestInput } from './send-request.js';

type Pagination = NonNullable<RequestInput['pagination']>;

/** Asks for page after page and puts the items together. */
export async function fetchPages(context: RequestContext, pagination: Pagination): Promise<ItemInput[]> {
  const items: ItemInput[] = [];
  const seen = new Set<string>();
  let change: ((request: HttpRequest) => void) | undefined = firstPage(pagination);
  for (let page = 1; change && page <= pagination.maxPages; page++) {
    const request = await buildRequest(context, page);
    change(request);
    const response = await context.http.request(request);
    const found = pageItems(response, pagination);
    items.push(...(await outputOf(context, response, found)));
    context.heartbeat();
    change = isRefused(response) ? undefined : nextPage(pagination, response, { page, found, seen });
  }
  return items;
}

function isRefused(response: HttpResponse): boolean {
  return response.status >= 400;
}

function firstPage(pagination: Pagination): (request: HttpRequest) => void {
  if (pagination.mode !== 'page') return () => {};
  return (request) => setQuery(request, pagination.param ?? 'page', pagination.start);
}

/** What to change in the next request; undefined after the last page. */
function nextPage(
  pagination: Pagination,
  response: HttpResponse,
  progress: { page: number; found: JsonValue[]; seen: Set<string> },
): ((request: HttpRequest) => void) | undefined {
  if (pagination.mode === 'page') return nextNumber(pagination, response, progress);
  if (pagination.next === undefined) throw new UserError('Pagination needs "next": an expression over $response.');
  const found = evaluateOver(pagination.next, response);
  if (found === null || found === '' || found === false) return undefined;
  const next = typeof found === 'object' ? JSON.stringify(found) : String(found);
  // A service that names the same page again would be asked for ever.
  if (progress.seen.has(next)) return undefined;
  progress.seen.add(next);
  if (pagination.mode === 'cursor') return (request) => setQuery(request, pagination.param ?? 'cursor', next);
  return (request) => Object.assign(request, { url: new URL(next, response.url).href, query: {} });
}

/** Page numbers end at a page without items, or where `next` (when given) says no. */
function nextNumber(
  pagination: Pagination,
  response: HttpResponse,
  progress: { page: number; found: JsonValue[] },
): ((request: HttpRequest) => void) | undefined {
  if (progress.found.length === 0) return undefined;
  if (pagination.next !== undefined && !isYes(evaluateOver(pagination.next, response))) return undefined;
  return (request) => setQuery(request, pagination.param ?? 'page', pagination.start + progress.page);
}

function isYes(value: JsonValue): boolean {
  return value === 'false' ? false : Boolean(value);
}

function setQuery(request: HttpRequest, name: string, value: JsonValue): void {
  request.query = { ...request.query, [name]: value };
}

function pageItems(response: HttpResponse, { items }: Pagination): JsonValue[] {
  const body = response.body();
  const found =
    items === undefined ? body : items.startsWith('=') ? evaluateOver(items, response) : atPath(body, items);
  if (found === null || found === undefined || found === '') return [];
  return Array.isArray(found) ? found : [found];
}

async function outputOf(context: RequestContext, response: HttpResponse, found: JsonValue[]): Promise<ItemInput[]> {
  if (context.input.output === 'file') return [await fileOutput(context, response, response.bytes)];
  return context.input.output === 'full' ? [fullOutput(response)] : itemsOf(found);
}
