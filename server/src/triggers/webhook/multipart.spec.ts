import { describe, expect, it } from 'vitest';
import { readParts } from './multipart.js';

const type = 'multipart/form-data; boundary=xyz';
const body = (...parts: string[]) => Buffer.from(parts.map((part) => `--xyz\r\n${part}\r\n`).join('') + '--xyz--\r\n');

describe('readParts', () => {
  it('reads fields and files', async () => {
    const parts = await readParts(
      body(
        'Content-Disposition: form-data; name="note"\r\n\r\nhällo',
        'Content-Disposition: form-data; name="photo"; filename="a b.png"\r\nContent-Type: image/png\r\n\r\n\x01\x02',
      ),
      type,
    );
    expect(parts).toEqual([
      { kind: 'field', name: 'note', value: 'hällo' },
      { kind: 'file', name: 'photo', fileName: 'a b.png', mimeType: 'image/png', bytes: Buffer.from([1, 2]) },
    ]);
  });

  it('reads a form without parts', async () => {
    expect(await readParts(Buffer.from('--xyz--\r\n'), type)).toEqual([]);
  });

  it('refuses a body that is cut off, without boundary, or with parts without end', async () => {
    const refused = expect.objectContaining({ code: 'request.bodyUnreadable' });
    await expect(readParts(Buffer.from('--xyz\r\nContent-Dis'), type)).rejects.toEqual(refused);
    await expect(readParts(body('x'), 'multipart/form-data')).rejects.toEqual(refused);
    const many = Array.from(
      { length: 1_001 },
      (_, index) => `Content-Disposition: form-data; name="f${index}"\r\n\r\n`,
    );
    await expect(readParts(body(...many), type)).rejects.toEqual(refused);
  });
});
