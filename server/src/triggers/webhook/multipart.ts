import { BodyUnreadable } from './webhook.errors.js';

/** One part of a multipart body. */
export type Part =
  | { kind: 'field'; name: string; value: string }
  | { kind: 'file'; name: string; fileName: string; mimeType: string; bytes: Buffer };

const maxParts = 1_000;

/**
 * Reads a `multipart/form-data` body (RFC 7578).
 * @throws BodyUnreadable where it is broken or has more than a thousand parts
 */
export async function readParts(bytes: Buffer, contentType: string): Promise<Part[]> {
  if (countOf(bytes, 'content-disposition', maxParts) > maxParts) {
    throw new BodyUnreadable(`The multipart body has more than ${maxParts} parts.`);
  }
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new BodyUnreadable('The multipart body is broken. Check its boundary and that it came whole.');
  }
  const parts: Part[] = [];
  for (const [name, value] of form) {
    if (name === '__proto__') continue;
    if (typeof value === 'string') parts.push({ kind: 'field', name, value });
    else
      parts.push({
        kind: 'file',
        name,
        fileName: value.name,
        mimeType: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      });
  }
  return parts;
}

function countOf(bytes: Buffer, word: string, upTo: number): number {
  const text = bytes.toString('latin1').toLowerCase();
  let count = 0;
  for (let at = text.indexOf(word); at !== -1 && count <= upTo; at = text.indexOf(word, at + word.length)) count++;
  return count;
}
