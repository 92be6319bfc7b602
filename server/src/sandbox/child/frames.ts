import type { Readable, Writable } from 'node:stream';

/** A message between the server and a sandbox child: a small header, and a text that is passed on unread. */
export interface Frame {
  header: Record<string, unknown>;
  body: string;
}

/** Longest frame accepted, in bytes; more ends the stream, for the other side is hostile or broken. */
const maxFrameBytes = 256 * 1024 * 1024;

/** Writes one frame: two lengths of four bytes each, header as JSON, body as UTF-8. */
export function writeFrame(stream: Writable, { header, body }: Frame): void {
  const headerBytes = Buffer.from(JSON.stringify(header), 'utf8');
  const bodyBytes = Buffer.from(body, 'utf8');
  const lengths = Buffer.allocUnsafe(8);
  lengths.writeUInt32BE(headerBytes.length, 0);
  lengths.writeUInt32BE(bodyBytes.length, 4);
  stream.cork();
  stream.write(lengths);
  stream.write(headerBytes);
  stream.write(bodyBytes);
  stream.uncork();
}

/** Calls `onFrame` for each whole frame that arrives, `onBroken` when the stream holds something else. */
export function readFrames(
  stream: Readable,
  onFrame: (frame: Frame) => void,
  onBroken: (reason: string) => void,
): void {
  let chunks: Buffer[] = [];
  let buffered = 0;
  const take = (): Frame | undefined => {
    if (buffered < 8) return undefined;
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    chunks = [all];
    const headerLength = all.readUInt32BE(0);
    const end = 8 + headerLength + all.readUInt32BE(4);
    if (end > maxFrameBytes) throw new Error('frame too long');
    if (all.length < end) return undefined;
    chunks = all.length === end ? [] : [all.subarray(end)];
    buffered -= end;
    const header = JSON.parse(all.toString('utf8', 8, 8 + headerLength)) as Record<string, unknown>;
    return { header, body: all.toString('utf8', 8 + headerLength, end) };
  };
  let wanted = 8;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    buffered += chunk.length;
    if (buffered < wanted) return;
    try {
      for (let frame = take(); frame; frame = take()) onFrame(frame);
      wanted = bytesWanted(chunks[0]);
    } catch (error) {
      onBroken((error as Error).message);
    }
  });
}

// Knowing the length of the frame spares joining the chunks again for each that arrives.
function bytesWanted(start: Buffer | undefined): number {
  if (!start || start.length < 8) return 8;
  return 8 + start.readUInt32BE(0) + start.readUInt32BE(4);
}
