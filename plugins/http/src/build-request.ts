import type { HttpRequest, JsonValue, MultipartPart } from '@wfaib/sdk';
import { UserError } from '@wfaib/sdk';
import type { RequestContext } from './send-request.js';

const safeMethods = new Set(['GET', 'HEAD']);

/** The request of one page; `page` makes the idempotency key of a page its own. */
export async function buildRequest(context: RequestContext, page?: number): Promise<HttpRequest> {
  const { input } = context;
  const method = input.method.toUpperCase();
  const headers = headersOf(input.headers);
  if (!safeMethods.has(method)) headers['idempotency-key'] ??= await context.idempotencyKey(page);
  return {
    method,
    url: input.url,
    headers,
    query: input.query ?? {},
    timeoutMs: input.timeoutMs,
    allowErrors: input.allowErrors,
    ...(safeMethods.has(method) ? {} : bodyOf(context, headers)),
  };
}

function headersOf(given: Record<string, JsonValue> | undefined): Record<string, string> {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), plainText(value)]));
}

function plainText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function bodyOf(context: RequestContext, headers: Record<string, string>): Partial<HttpRequest> {
  const { input } = context;
  const body = input.body;
  if (input.bodyType === 'multipart') return { multipart: partsOf(context) };
  if (input.bodyType === 'binary') return binaryBody(context, headers);
  if (body === undefined) return {};
  if (input.bodyType === 'form') return { form: fieldsOf(body) };
  if (input.bodyType === 'text') {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    return { body: plainText(body) };
  }
  // Text that is JSON already goes out as it is; any other text is a JSON string.
  return typeof body === 'string' && isJson(body) ? jsonText(body, headers) : { json: body };
}

function jsonText(body: string, headers: Record<string, string>): Partial<HttpRequest> {
  headers['content-type'] ??= 'application/json';
  return { body };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function fieldsOf(body: JsonValue): Record<string, JsonValue> {
  if (body === null) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body;
  throw new UserError('The body of a form must be an object of field names to values.');
}

function partsOf(context: RequestContext): MultipartPart[] {
  const fields = Object.entries(fieldsOf(context.input.body ?? null));
  const parts: MultipartPart[] = fields
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, content: plainText(value) }));
  for (const [part, fileName] of fileNames(context)) {
    const file = fileOf(context, fileName);
    parts.push({ name: part, content: context.files.open(file), fileName: file.name, mimeType: file.mimeType });
  }
  return parts;
}

function binaryBody(context: RequestContext, headers: Record<string, string>): Partial<HttpRequest> {
  const file = fileOf(context, fileNames(context)[0]?.[1] ?? Object.keys(context.itemFiles)[0] ?? 'data');
  headers['content-type'] ??= file.mimeType;
  return { body: context.files.open(file) };
}

/** Pairs of part name and name of a file in the item. */
function fileNames(context: RequestContext): [string, string][] {
  const files = context.input.files;
  if (files === undefined || files === null) return [];
  if (typeof files === 'string') return [[files, files]];
  if (Array.isArray(files)) return files.map((name) => [plainText(name), plainText(name)]);
  if (typeof files === 'object') return Object.entries(files).map(([part, name]) => [part, plainText(name)]);
  throw new UserError('"files" must be a list of file names or an object from part name to file name.');
}

function fileOf(context: RequestContext, name: string) {
  const file = context.itemFiles[name];
  if (file) return file;
  const present = Object.keys(context.itemFiles).join(', ') || 'none';
  throw new UserError(`The item has no file named "${name}". Files in it: ${present}.`);
}
