import type { Duplex } from 'node:stream';

/** Largest message a connector child may send, in bytes. Larger ones are cut off before they take memory here. */
export const maxFrameBytes = 32 * 1024 * 1024;
/** Bytes of a file that travel with one message: small enough that many calls may have some on their way. */
export const filePartBytes = 1024 * 1024;

const headBytes = 8;

/**
 * Writes a message: its length, that of its JSON text (4 bytes each, big endian), the text, and the bytes that go with it.
 */
export function writeFrame(stream: Duplex, message: object, bytes?: Uint8Array): void {
  writeText(stream, Buffer.from(JSON.stringify(message), 'utf8'), bytes);
}

/** Writes a message that is JSON text already. */
export function writeText(stream: Duplex, text: Buffer, bytes?: Uint8Array): void {
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32BE(text.length + (bytes?.length ?? 0));
  head.writeUInt32BE(text.length, 4);
  stream.write(head);
  stream.write(text);
  if (bytes !== undefined && bytes.length > 0) stream.write(bytes);
}

/**
 * Puts messages together from chunks. Chunks are kept as they come and joined once per message.
 * @throws RangeError when a message is announced that is larger than allowed, or has more text than it is long
 */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;

  constructor(private readonly onMessage: (message: unknown, bytes: Buffer) => void) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    for (;;) {
      const announced = this.announced();
      if (announced === undefined || this.size < announced.end) return;
      const whole = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
      this.chunks = [whole.subarray(announced.end)];
      this.size = whole.length - announced.end;
      const text = whole.toString('utf8', headBytes, announced.textEnd);
      this.onMessage(JSON.parse(text), whole.subarray(announced.textEnd, announced.end));
    }
  }

  private announced(): { textEnd: number; end: number } | undefined {
    if (this.size < headBytes) return undefined;
    if (this.chunks[0]!.length < headBytes) this.chunks = [Buffer.concat(this.chunks)];
    const length = this.chunks[0]!.readUInt32BE(0);
    const textLength = this.chunks[0]!.readUInt32BE(4);
    if (length > maxFrameBytes) throw new RangeError(`A message of ${length} bytes is too large.`);
    if (textLength > length) throw new RangeError('A message has more text than it is long.');
    return { textEnd: headBytes + textLength, end: headBytes + length };
  }
}
