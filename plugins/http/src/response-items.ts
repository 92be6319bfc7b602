import type { FileTools, HttpResponse, ItemInput, JsonValue } from '@wfaib/sdk';

/** An array gives one item per element, a scalar or text `{ data }`, nothing `{}`. */
export function itemsOf(body: JsonValue): ItemInput[] {
  return Array.isArray(body) ? body.map((element) => itemOf(element)) : [itemOf(body)];
}

function itemOf(value: JsonValue): ItemInput {
  if (value === null || value === '') return { json: {} };
  if (typeof value === 'object' && !Array.isArray(value)) return { json: value };
  return { json: { data: value } };
}

export function fullOutput(response: HttpResponse): ItemInput {
  return { json: { status: response.status, headers: response.headers, body: response.body() } };
}

type Head = Pick<HttpResponse, 'status' | 'headers' | 'url'>;

/** The body as file `data` of one item. */
export async function fileOutput(
  context: { files: FileTools },
  response: Head,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<ItemInput> {
  const data = await context.files.write({
    name: fileNameOf(response),
    mimeType: (response.headers['content-type'] ?? 'application/octet-stream').split(';')[0]!.trim(),
    bytes,
  });
  return { json: { status: response.status, headers: response.headers }, files: { data } };
}

function fileNameOf(response: Head): string {
  const disposition = response.headers['content-disposition'] ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const fromPath = new URL(response.url).pathname.split('/').pop();
  const name = (encoded === undefined ? undefined : decoded(encoded)) ?? plain ?? (fromPath || 'response');
  return name.replace(/^.*[\\/]/, '').trim() || 'response';
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
