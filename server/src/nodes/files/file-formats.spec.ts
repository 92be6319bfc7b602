import type { JsonObject } from '@wfaib/sdk/items';
import { describe, expect, it } from 'vitest';
import { fileFormats, formatOf } from './file-formats.js';
import type { Bytes } from './file-format.types.js';
import { HandOver } from '../hand-over.js';

const breathe = (): Promise<void> => Promise.resolve();

async function* pieces(content: Uint8Array, size: number): Bytes {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(format: string, content: string | Uint8Array, size = 1_000_000): Promise<JsonObject[]> {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const rows: JsonObject[] = [];
  for await (const group of fileFormats.get(format)!.read(pieces(bytes, size), breathe)) rows.push(...group);
  return rows;
}

async function write(format: string, rows: JsonObject[]): Promise<Uint8Array> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const halves = (async function* () {
    yield rows.slice(0, 1);
    yield rows.slice(1);
  })();
  const parts: Uint8Array[] = [];
  for await (const part of fileFormats.get(format)!.write(halves, columns)) parts.push(part);
  return Buffer.concat(parts);
}

const written = async (format: string, rows: JsonObject[]): Promise<string> =>
  new TextDecoder().decode(await write(format, rows));

describe('every format', () => {
  const rows: JsonObject[] = [
    { name: 'Ada <b> & "co"', note: 'two\nlines, and; more' },
    { name: ' Zoë ', note: '=1+1' },
    { name: '日本', note: '' },
  ];

  it.each(['csv', 'json', 'jsonl', 'xlsx'])('%s gives back what was written', async (format) => {
    expect(await read(format, await write(format, rows))).toEqual(rows);
  });

  it.each(['csv', 'json', 'jsonl', 'xlsx', 'xml', 'html', 'text'])(
    '%s means the same in pieces of one byte',
    async (format) => {
      const content = await write(format, rows);
      expect(await read(format, content, 1)).toEqual(await read(format, content));
    },
  );

  it.each(['csv', 'jsonl', 'xml', 'html', 'text'])(
    '%s of an empty file says what is wrong or gives no rows',
    async (format) => {
      const told = await read(format, '').catch((error: Error) => error.message);
      expect(told).toEqual(
        format === 'xml'
          ? 'there is no element in it'
          : format === 'html'
            ? 'there is no table in it'
            : format === 'text'
              ? [{ data: '' }]
              : [],
      );
    },
  );
});

describe('csv', () => {
  it.each([
    ['a comma', 'a,b\n1,2\n'],
    ['a semicolon', 'a;b\r\n1;2\r\n'],
    ['a tab', 'a\tb\n1\t2'],
    ['a bar, with a byte order mark', '\ufeffa|b\n1|2'],
  ])('recognises %s between fields', async (_, content) => {
    expect(await read('csv', content)).toEqual([{ a: '1', b: '2' }]);
  });

  it('keeps what stands in quotes: delimiters, line ends and doubled quotes', async () => {
    expect(await read('csv', 'a,b\n"x, ""y""\r\nz",""\n')).toEqual([{ a: 'x, "y"\r\nz', b: '' }]);
  });

  it('names columns that have no name or one that is taken, and fills up short rows', async () => {
    expect(await read('csv', 'a,,a\n1\n1,2,3,4\n')).toEqual([
      { a: '1', column_2: null, a_2: null },
      { a: '1', column_2: '2', a_2: '3', column_4: '4' },
    ]);
  });

  it('keeps a column that is called like a hidden property as one', async () => {
    const [row] = await read('csv', '__proto__,constructor\n1,2\n');
    expect(Object.entries(row!)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('says where a quotation mark is never closed', async () => {
    await expect(read('csv', 'a\n1\n"2\n')).rejects.toThrow('a quotation mark is opened in record 3 and never closed');
  });

  it('writes null as nothing and lists as JSON', async () => {
    expect(await written('csv', [{ a: null, b: [1], c: true }])).toBe('a,b,c\n,[1],true\n');
  });
});

describe('json and text', () => {
  it('makes a row of each element, and one of anything else', async () => {
    expect(await read('json', '[{"a":1}, 2]')).toEqual([{ a: 1 }, { data: 2 }]);
    expect(await read('json', '{"a":1}')).toEqual([{ a: 1 }]);
  });

  it('names the line that is no JSON', async () => {
    await expect(read('jsonl', '{"a":1}\n\n{"b":\n')).rejects.toThrow(/^line 3: /);
  });

  it('writes a list even of nothing', async () => {
    expect(await written('json', [])).toBe('[]\n');
  });

  it('reads a text as one item, in UTF-16 too', async () => {
    expect(await read('text', new Uint8Array([0xff, 0xfe, 0x41, 0, 0xac, 0x20]))).toEqual([{ data: 'A€' }]);
  });

  it('writes a line for each item: its data, or all of it', async () => {
    expect(await written('text', [{ data: 'one' }, { n: 2 }])).toBe('one\n{"n":2}');
  });
});

describe('xml', () => {
  it('makes a row of each element in the root', async () => {
    const content =
      '<?xml version="1.0"?><!-- two --><orders><order id="1"><sku>a</sku><sku>b</sku></order><order id="2">x<![CDATA[<y>]]>&amp;&#65;</order></orders>';
    expect(await read('xml', content)).toEqual([
      { '@id': '1', sku: ['a', 'b'] },
      { '@id': '2', '#text': 'x<y>&A' },
    ]);
  });

  it('takes a root of plain texts for the one row', async () => {
    expect(await read('xml', '<order><id>1</id><id>2</id><empty/></order>')).toEqual([{ id: ['1', '2'], empty: '' }]);
    expect(await read('xml', '<n>5</n>')).toEqual([{ n: '5' }]);
  });

  it.each([
    ['<a>\n<b></a>', '</a> without its beginning in line 2'],
    ['<a>', '<a> does not end'],
    ['<a/><b/>', 'a second root'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'declares entities, which are refused'],
    ['<a>'.repeat(300), 'more than 200 levels'],
    ['<a>1 < 2</a>', '"<" that begins no tag'],
  ])('refuses %s', async (content, message) => {
    await expect(read('xml', content)).rejects.toThrow(message);
  });

  it('writes elements, attributes and lists, with names that are allowed', async () => {
    expect(
      await written('xml', [{ '@id': 1, 'my name': 'a<b', list: [1, 2], '#text': null, '1st': { x: true } }]),
    ).toContain('<item id="1"><my_name>a&lt;b</my_name><list>1</list><list>2</list><_1st><x>true</x></_1st></item>');
  });
});

describe('html', () => {
  it('reads the first table, written as carelessly as people do', async () => {
    const content = `<p title="a > b">1 < 2</p><script>if (a<b) "<table>"</script>
      <TABLE class=x><tr><th>Name<th>Sum</tr><tr><td>A&nbsp;<b>&amp;</b> B<td>1<table><tr><td>in</table></tr></table><table><tr><td>no</table>`;
    expect(await read('html', content)).toEqual([{ Name: 'A & B', Sum: '1in' }]);
  });

  it('writes values as text, never as markup', async () => {
    expect(await written('html', [{ a: '<script>' }])).toContain('<tr><td>&lt;script&gt;</td></tr>');
  });
});

describe('xlsx', () => {
  it('keeps numbers, booleans and what is missing', async () => {
    const rows = [
      { n: 1.5, yes: true, text: '007', none: null },
      { n: -2e30, yes: false, text: 'x', none: 'y' },
    ];
    expect(await read('xlsx', await write('xlsx', rows))).toEqual(rows);
  });

  it.each([
    ['no archive', utf8('PK but not really, and long enough to hold an end')],
    ['half of one', new Uint8Array(100)],
  ])('says so where the file is %s', async (_, content) => {
    await expect(read('xlsx', content)).rejects.toThrow('it is no archive');
  });

  it('says so where the archive is damaged', async () => {
    const content = Buffer.from(await write('xlsx', [{ a: 1 }]));
    const at = content.indexOf('xl/worksheets/sheet1.xml') + 30;
    content.fill(0xff, at, at + 40);
    await expect(read('xlsx', content)).rejects.toThrow('damaged');
  });
});

describe('the format of a file', () => {
  it.each([
    ['Orders.CSV', 'application/octet-stream', 'CSV'],
    ['orders', 'application/x-ndjson', 'JSON lines'],
    ['readme', 'text/x-anything', 'text'],
    ['photo.png', 'image/png', undefined],
    ['csv', '', undefined],
  ])('of %s (%s) is %s', (name, mimeType, label) => {
    expect(formatOf({ name, mimeType })?.label).toBe(label);
  });
});

describe('handing over', () => {
  it('waits until a value is asked for, and ends with what went wrong', async () => {
    const rows = new HandOver<number>();
    const given: number[] = [];
    void rows.give(1).then(() => given.push(1));
    await Promise.resolve();
    expect(given).toEqual([]);
    const reader = rows[Symbol.asyncIterator]();
    expect(await reader.next()).toMatchObject({ value: 1 });
    const next = reader.next();
    rows.end(new Error('too late'));
    await expect(next).rejects.toThrow('too late');
    await rows.give(2);
  });
});
