import { FormatError, type Bytes } from './file-format.types.js';
import { limited, wholeBytes } from './text.js';

/** A file in an archive: what it holds comes as it is asked for. */
export interface ZipEntry {
  name: string;
  content: Bytes;
}

const signatures = { local: 0x04034b50, descriptor: 0x08074b50, central: 0x02014b50, end: 0x06054b50 };
/** Sizes and checksum follow the content, and names are UTF-8 (APPNOTE.TXT 4.4.4). */
const streamed = 0x0808;
const encryptedFlag = 0x0001;
const deflated = 8;
/** 1 January 1980: the archive of equal rows is the same, whenever it is made. */
const firstDay = 0x0021;

/** Reads single files of an archive that is in memory. */
export class ZipReader {
  readonly #places = new Map<string, { at: number; size: number; method: number }>();
  readonly #view: DataView;

  /** @throws FormatError where it is no archive */
  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.#readDirectory();
    } catch (error) {
      if (error instanceof RangeError) throw new FormatError('the archive is damaged');
      throw error;
    }
  }

  /** @returns undefined where there is no such file @throws FormatError where it is damaged or far too large */
  async read(name: string): Promise<Uint8Array | undefined> {
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    const { at, size, method } = place;
    const packed = this.bytes.subarray(at, at + size);
    if (method === 0) return packed;
    if (method !== deflated) throw new FormatError(`"${name}" in the archive is packed in an unknown way (${method})`);
    try {
      return await wholeBytes(through(once(packed), new DecompressionStream('deflate-raw')));
    } catch (error) {
      if (error instanceof FormatError) throw error;
      throw new FormatError(`"${name}" in the archive is damaged`);
    }
  }

  #readDirectory(): void {
    const end = this.#findEnd();
    let at = this.#view.getUint32(end + 16, true);
    for (let left = this.#view.getUint16(end + 10, true); left > 0; left--) {
      if (this.#view.getUint32(at, true) !== signatures.central) throw new FormatError('the archive is damaged');
      if ((this.#view.getUint16(at + 8, true) & encryptedFlag) !== 0)
        throw new FormatError('it is protected with a password');
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => this.#view.getUint16(at + offset, true));
      const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + nameLength!));
      const local = this.#view.getUint32(at + 42, true);
      const skip = this.#view.getUint16(local + 26, true) + this.#view.getUint16(local + 28, true);
      this.#places.set(name, {
        at: local + 30 + skip,
        size: this.#view.getUint32(at + 20, true),
        method: this.#view.getUint16(at + 10, true),
      });
      at += 46 + nameLength! + extra! + comment!;
    }
  }

  /** The directory stands at the end, before a comment of up to 64 KiB. */
  #findEnd(): number {
    const last = this.bytes.length - 22;
    for (let at = last; at >= Math.max(0, last - 0xffff); at--)
      if (this.#view.getUint32(at, true) === signatures.end) return at;
    throw new FormatError('it is no archive, as files of this format are');
  }
}

/** Packs files as they come; nothing is kept but their names and sizes. */
export async function* zipped(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array, void, undefined> {
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const start = at;
    const sizes = { crc: 0, packed: 0, whole: 0 };
    for await (const bytes of packedFile(name, content, sizes)) {
      at += bytes.length;
      yield bytes;
    }
    directory.push(centralRecord(name, sizes, start));
  }
  const length = directory.reduce((sum, record) => sum + record.length, 0);
  yield* directory;
  yield record(signatures.end, [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, length],
    [4, at],
    [2, 0],
  ]);
}

interface Sizes {
  crc: number;
  packed: number;
  whole: number;
}

async function* packedFile(name: string, content: Bytes, sizes: Sizes): AsyncGenerator<Uint8Array, void, undefined> {
  const nameBytes = new TextEncoder().encode(name);
  yield record(signatures.local, [...common(), [4, 0], [4, 0], [4, 0], [2, nameBytes.length], [2, 0]]);
  yield nameBytes;
  const counted = (async function* () {
    for await (const bytes of limited(content, 0xffff_fffe)) {
      sizes.crc = crc32(bytes, sizes.crc);
      sizes.whole += bytes.length;
      yield bytes;
    }
  })();
  for await (const bytes of through(counted, new CompressionStream('deflate-raw'))) {
    sizes.packed += bytes.length;
    yield bytes;
  }
  yield record(signatures.descriptor, [
    [4, sizes.crc],
    [4, sizes.packed],
    [4, sizes.whole],
  ]);
}

function centralRecord(name: string, { crc, packed, whole }: Sizes, at: number): Uint8Array {
  const nameBytes = new TextEncoder().encode(name);
  const fixed = record(signatures.central, [
    [2, 20],
    ...common(),
    [4, crc],
    [4, packed],
    [4, whole],
    [2, nameBytes.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, at],
  ]);
  const all = new Uint8Array(fixed.length + nameBytes.length);
  all.set(fixed);
  all.set(nameBytes, fixed.length);
  return all;
}

type Whole = readonly [bytes: 2 | 4, value: number];

/** Version, flags, method and time, as both kinds of record have them. */
function common(): Whole[] {
  return [
    [2, 20],
    [2, streamed],
    [2, deflated],
    [2, 0],
    [2, firstDay],
  ];
}

function record(signature: number, values: readonly Whole[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [bytes]) => sum + bytes, 4)));
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [bytes, value] of values) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

// oxlint-disable-next-line typescript/require-await -- bytes that are there are read as those that come
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

function through(content: Bytes, stream: CompressionStream | DecompressionStream): Bytes {
  return ReadableStream.from(content).pipeThrough(stream) as unknown as Bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
