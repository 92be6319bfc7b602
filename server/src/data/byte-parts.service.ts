/** Length of the parts that bytes are handed on in, in bytes. */
export const partBytes = 1024 * 1024;

/**
 * Bytes as they come, put together to parts of 1 to 2 MiB. The first part is shorter than `firstBytes` only where it is
 * the only one.
 */
export async function* inParts(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  firstBytes = partBytes,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  const most = (isFirst: boolean) => (isFirst ? Math.max(1, firstBytes) : partBytes);
  let isFirst = true;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    for (let from = 0; from < chunk.length; from += partBytes) {
      const piece = chunk.subarray(from, from + partBytes);
      waiting.push(piece);
      length += piece.length;
      if (length <= most(isFirst)) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      length = 0;
      isFirst = false;
    }
  }
  if (length > 0) yield waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
}
