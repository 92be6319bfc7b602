import { describe, expect, it } from 'vitest';
import { readBody } from './request-body.js';

const read = (type: string | undefined, body: string | Buffer) => readBody(type, Buffer.from(body as string));
const valueOf = (type: string | undefined, body: string | Buffer) => {
  const reading = read(type, body);
  return reading.kind === 'value' ? reading.value : 'bytes';
};

describe('readBody', () => {
  it('reads JSON whatever its flavour, case and byte order mark', () => {
    expect(valueOf('application/json', '{"a":[1,null]}')).toEqual({ a: [1, null] });
    expect(valueOf('APPLICATION/JSON; charset=UTF-8', '5')).toBe(5);
    expect(valueOf('application/vnd.github+json', '\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  it('refuses broken JSON, broken UTF-8 in JSON and JSON nested without end', () => {
    const code = 'request.bodyUnreadable';
    expect(() => read('application/json', '{"a":')).toThrow(expect.objectContaining({ code }));
    expect(() => read('application/json', Buffer.from([0x22, 0xff, 0x22]))).toThrow(expect.objectContaining({ code }));
    expect(() => read('application/json', '['.repeat(100_000) + ']'.repeat(100_000))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('takes keys that would change a prototype out of the data', () => {
    const value = valueOf('application/json', '{"a":{"__proto__":{"admin":1},"b":[{"\\u005f_proto__":1,"c":2}]}}');
    expect(JSON.stringify(value)).toBe('{"a":{"b":[{"c":2}]}}');
  });

  it('keeps the NUL character, lone surrogates and large numbers from breaking anything', () => {
    expect(valueOf('application/json', '{"a":"\\u0000\\ud800","n":1e400}')).toEqual({ a: '\u0000\ud800', n: Infinity });
  });

  it('reads a form, a repeated field as a list', () => {
    expect(valueOf('application/x-www-form-urlencoded', 'a=1&b=x+y&b=%C3%A9')).toEqual({ a: '1', b: ['x y', 'é'] });
  });

  it('reads text and XML as text in the charset it names', () => {
    expect(valueOf('text/plain; charset=iso-8859-1', Buffer.from([0xe9]))).toBe('é');
    expect(valueOf('application/soap+xml', '<a/>')).toBe('<a/>');
    expect(valueOf('text/csv; charset=nonsense', 'a,b')).toBe('a,b');
  });

  it('keeps everything else as bytes', () => {
    expect(valueOf('image/png', Buffer.from([1, 2, 3]))).toBe('bytes');
    expect(valueOf('application/octet-stream', '{"a":1}')).toBe('bytes');
  });

  it('guesses where no type is given', () => {
    expect(valueOf(undefined, '{"a":1}')).toEqual({ a: 1 });
    expect(valueOf('', 'hello')).toBe('hello');
    expect(valueOf(undefined, Buffer.from([0xff, 0xfe, 0xfd]))).toBe('bytes');
  });

  it('reads no body as an empty object', () => {
    expect(valueOf('application/json', '')).toEqual({});
    expect(valueOf(undefined, '')).toEqual({});
  });

  it('never evaluates what comes from outside', () => {
    expect(valueOf('text/plain', '={{ 1 + 1 }}')).toBe('={{ 1 + 1 }}');
  });
});
