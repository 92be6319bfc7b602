import { FormatError } from './file-format.types.js';

/** A piece of XML or HTML. */
export type Token = { at: number } & (
  | { kind: 'open'; name: string; attributes: string; isEmpty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }
);

const namedEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * The pieces of a text in order; comments, declarations and instructions are left out. Names of HTML are in small letters.
 * Nothing is expanded but the few entities that everybody knows, so that a text never grows.
 * @throws FormatError in XML, where a tag is not one or entities are declared
 */
export function* tokensOf(source: string, isHtml: boolean): Generator<Token, void, undefined> {
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    if (start !== at) {
      const end = start === -1 ? source.length : start;
      yield { kind: 'text', text: decoded(source.slice(at, end)), at };
      at = end;
      continue;
    }
    const skipped = endOfSpecial(source, at, isHtml);
    if (skipped !== undefined) {
      if (source.startsWith('<![CDATA[', at)) yield { kind: 'text', text: source.slice(at + 9, skipped - 3), at };
      at = skipped;
      continue;
    }
    const end = endOfTag(source, at);
    const tag = tagOf(source.slice(at + 1, end - 1), at, isHtml);
    if (tag === undefined && !isHtml)
      throw new FormatError(`there is a "<" that begins no tag in line ${lineOf(source, at)}`);
    yield tag ?? { kind: 'text', text: '<', at };
    at = tag === undefined ? at + 1 : end;
    if (isHtml && tag?.kind === 'open' && (tag.name === 'script' || tag.name === 'style')) {
      const close = source.toLowerCase().indexOf(`</${tag.name}`, at);
      at = close === -1 ? source.length : close;
    }
  }
}

/** Attributes by name, decoded. */
export function attributesOf(token: { attributes: string }): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
  for (const [, name, double, single, bare] of token.attributes.matchAll(pattern))
    found.set(name!, decoded(double ?? single ?? bare ?? ''));
  return found;
}

export function lineOf(source: string, at: number): number {
  let line = 1;
  for (let next = source.indexOf('\n'); next !== -1 && next < at; next = source.indexOf('\n', next + 1)) line += 1;
  return line;
}

/** Text that can stand between tags and in attributes; what XML does not allow at all is left out. */
export function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML 1.0 knows no way to write these letters
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

function endOfSpecial(source: string, at: number, isHtml: boolean): number | undefined {
  const after = (mark: string): number => {
    const end = source.indexOf(mark, at);
    return end === -1 ? source.length : end + mark.length;
  };
  if (source.startsWith('<!--', at)) return after('-->');
  if (source.startsWith('<![CDATA[', at)) return after(']]>');
  if (source.startsWith('<?', at)) return after('?>');
  if (!source.startsWith('<!', at)) return undefined;
  const end = after('>');
  if (!isHtml && source.slice(at, end).includes('[')) throw new FormatError('it declares entities, which are refused');
  return end;
}

/** A ">" within quotes does not end a tag. */
function endOfTag(source: string, at: number): number {
  let quote = '';
  for (let index = at + 1; index < source.length; index++) {
    const letter = source[index]!;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '>') return index + 1;
    else if ((letter === '"' || letter === "'") && /=\s*$/.test(source.slice(index - 4, index))) quote = letter;
  }
  return source.length + 1;
}

function tagOf(body: string, at: number, isHtml: boolean): Token | undefined {
  const isClose = body.startsWith('/');
  const name = /^[\p{L}_][\p{L}\p{N}_.:-]*/u.exec(isClose ? body.slice(1) : body)?.[0];
  if (name === undefined) return undefined;
  const told = isHtml ? name.toLowerCase() : name;
  if (isClose) return { kind: 'close', name: told, at };
  return { kind: 'open', name: told, attributes: body.slice(name.length), isEmpty: body.endsWith('/'), at };
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return namedEntities[String(name).toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
}
