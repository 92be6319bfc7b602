import type { Duplex } from 'node:stream';

/** Largest message a connector child may send, in bytes. Larger ones are cut off before they take memory here. */
export const maxFrameBytes = 32 * 1024 * 1024;

/** Writes a message as its length (4 bytes, big endian) and its JSON text. */
export function writeFrame(stream: Duplex, message: object): void {
  writeText(stream, Buffer.from(JSON.stringify(message), 'utf8'));
}

/** Writes a message that is JSON text already. */
export function writeText(stream: Duplex, text: Buffer): void {
  const head = Buffer.allocUnsafe(4);
  head.writeUInt32BE(text.length);
  stream.write(head);
  stream.write(text);
}

/**
 * Puts messages together from chunks. Chunks are kept as they come and joined once per message.
 * @throws RangeError when a message is announced that is larger than allowed
 */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;

  constructor(private readonly onMessage: (message: unknown) => void) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    for (;;) {
      const length = this.announced();
      if (length === undefined || this.size < length + 4) return;
      const whole = Buffer.concat(this.chunks);
      this.chunks = [whole.subarray(length + 4)];
      this.size = whole.length - length - 4;
      this.onMessage(JSON.parse(whole.toString('utf8', 4, length + 4)));
    }
  }

  private announced(): number | undefined {
    if (this.size < 4) return undefined;
    if (this.chunks[0]!.length < 4) this.chunks = [Buffer.concat(this.chunks)];
    const length = this.chunks[0]!.readUInt32BE(0);
    if (length > maxFrameBytes) throw new RangeError(`A message of ${length} bytes is too large.`);
    return length;
  }
}
