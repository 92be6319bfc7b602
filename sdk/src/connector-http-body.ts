import { randomUUID } from 'node:crypto';
import type { ByteSource, HttpRequest, MultipartPart, QueryValue } from './connector-http.types.js';

/** A request body as bytes, with the content type that goes with it. */
export interface EncodedBody {
  bytes: Uint8Array | ByteSource;
  contentType?: string;
}

/** Encodes the body of a request, or answers undefined where it has none. */
export function encodeBody(request: HttpRequest): EncodedBody | undefined {
  const text = new TextEncoder();
  if (request.json !== undefined) {
    return { bytes: text.encode(JSON.stringify(request.json)), contentType: 'application/json' };
  }
  if (request.form) {
    return {
      bytes: text.encode(searchParams(request.form).toString()),
      contentType: 'application/x-www-form-urlencoded',
    };
  }
  if (request.multipart) return encodeMultipart(request.multipart);
  if (request.body === undefined) return undefined;
  return { bytes: typeof request.body === 'string' ? text.encode(request.body) : request.body };
}

/** Arrays repeat the name, null and undefined leave it out, objects are written as JSON. */
export function searchParams(values: Record<string, QueryValue>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) params.append(name, plain(one));
    }
  }
  return params;
}

function plain(value: NonNullable<QueryValue>): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// RFC 7578; quotes and line ends in names are percent-encoded as browsers do.
function encodeMultipart(parts: MultipartPart[]): EncodedBody {
  const boundary = `wfaib-${randomUUID()}`;
  const chunks = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${partHeaders(part)}\r\n\r\n`),
    typeof part.content === 'string' ? Buffer.from(part.content) : part.content,
    Buffer.from('\r\n'),
  ]);
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: joined(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** One after the other; a source where one of them is one. */
function joined(chunks: readonly (Uint8Array | ByteSource)[]): Uint8Array | ByteSource {
  if (chunks.every((chunk) => chunk instanceof Uint8Array)) return Buffer.concat(chunks);
  const size = chunks.reduce((sum, chunk) => sum + (chunk instanceof Uint8Array ? chunk.length : chunk.size), 0);
  return { size, open: () => oneAfterTheOther(chunks) };
}

async function* oneAfterTheOther(chunks: readonly (Uint8Array | ByteSource)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk instanceof Uint8Array) yield chunk;
    else yield* chunk.open();
  }
}

function partHeaders(part: MultipartPart): string {
  const fileName = part.fileName === undefined ? '' : `; filename="${quoted(part.fileName)}"`;
  const disposition = `Content-Disposition: form-data; name="${quoted(part.name)}"${fileName}`;
  const mimeType = part.mimeType ?? (part.fileName === undefined ? undefined : 'application/octet-stream');
  return mimeType === undefined ? disposition : `${disposition}\r\nContent-Type: ${mimeType.replace(/[\r\n]/g, '')}`;
}

function quoted(text: string): string {
  return text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
