import { FormatError, type Bytes } from './file-format.types.js';

/** Bytes that are turned into text at once: what is made of them takes a few milliseconds. */
const pieceBytes = 64 * 1024;
/** Largest file that is read as a whole, in bytes. */
export const maxWholeBytes = 64_000_000;

/** Content as text, piece by piece: UTF-8, or UTF-16 where a byte order mark says so. */
export async function* textOf(content: Bytes): AsyncGenerator<string, void, undefined> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const bytes of content) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    for (let from = 0; from < bytes.length; from += pieceBytes)
      yield decoder.decode(bytes.subarray(from, from + pieceBytes), { stream: true });
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

/** All of it. @throws FormatError where it is too large */
export async function wholeText(content: Bytes): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of textOf(limited(content))) pieces.push(piece);
  return pieces.join('');
}

/** All bytes of it. @throws FormatError where it is too large */
export async function wholeBytes(content: Bytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of limited(content)) {
    parts.push(part);
    length += part.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The same bytes, up to a limit. @throws FormatError beyond it */
export async function* limited(content: Bytes, most = maxWholeBytes): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const bytes of content) {
    length += bytes.length;
    if (length > most) {
      throw new FormatError(
        `it holds more than ${Math.round(most / 1_000_000)} MB, which is too much for this format; csv and jsonl may be larger`,
      );
    }
    yield bytes;
  }
}

/** Texts as UTF-8. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
