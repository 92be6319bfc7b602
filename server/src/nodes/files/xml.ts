import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import { FormatError, type FileFormat, type Rows } from './file-format.types.js';
import { attributesOf, escaped, lineOf, tokensOf } from './markup.js';
import { cellText } from './table.js';
import { encoded, wholeText } from './text.js';

const maxDepth = 200;
/** Pieces that are read before other work may go on. */
const piecesAtOnce = 500;

/**
 * XML. Attributes become `@name`, text beside them `#text`; an element of nothing but text is that text; elements of one
 * name become a list. Where the root holds elements of one name that hold more than text, each is a row, else the root is.
 */
export const xml: FileFormat = {
  label: 'XML',
  mimeType: 'application/xml',
  alsoTypes: ['text/xml'],
  extensions: ['xml'],
  hasColumns: false,
  read: async function* (content, breathe) {
    yield rowsOf(await rootOf(await wholeText(content), breathe));
  },
  write: (rows) => encoded(documentOf(rows)),
};

class Element {
  readonly children = new Map<string, JsonValue[]>();
  readonly attributes: Map<string, string>;
  text = '';

  constructor(
    readonly name: string,
    attributes: string,
  ) {
    this.attributes = attributesOf({ attributes });
  }

  add(name: string, value: JsonValue): void {
    const known = this.children.get(name);
    if (known) known.push(value);
    else this.children.set(name, [value]);
  }

  get value(): JsonValue {
    const text = this.text.trim();
    if (this.children.size === 0 && this.attributes.size === 0) return text;
    return Object.fromEntries([
      ...[...this.attributes].map(([name, value]) => [`@${name}`, value] as const),
      ...[...this.children].map(([name, values]) => [name, values.length === 1 ? values[0]! : values] as const),
      ...(text === '' ? [] : [['#text', text] as const]),
    ]);
  }
}

async function rootOf(source: string, breathe: () => Promise<void>): Promise<Element> {
  const open: Element[] = [];
  let root: Element | undefined;
  let pieces = 0;
  for (const token of tokensOf(source, false)) {
    if (++pieces % piecesAtOnce === 0) await breathe();
    const current = open.at(-1);
    if (token.kind === 'text') {
      if (current) current.text += token.text;
      else if (token.text.trim() !== '') throw wrong(source, token.at, 'text outside of the root');
      continue;
    }
    if (token.kind === 'open') {
      if (current === undefined && root !== undefined) throw wrong(source, token.at, 'a second root');
      if (open.length >= maxDepth) throw wrong(source, token.at, `more than ${maxDepth} levels`);
      const element = new Element(token.name, token.isEmpty ? token.attributes.slice(0, -1) : token.attributes);
      root ??= element;
      if (token.isEmpty) current?.add(element.name, element.value);
      else open.push(element);
      continue;
    }
    if (current?.name !== token.name) throw wrong(source, token.at, `</${token.name}> without its beginning`);
    open.pop();
    open.at(-1)?.add(current.name, current.value);
  }
  if (root === undefined) throw new FormatError('there is no element in it');
  if (open.length > 0) throw new FormatError(`<${open.at(-1)!.name}> does not end`);
  return root;
}

function wrong(source: string, at: number, what: string): FormatError {
  return new FormatError(`there is ${what} in line ${lineOf(source, at)}`);
}

function rowsOf(root: Element): JsonObject[] {
  const [only, ...others] = root.children.values();
  const isList = only !== undefined && others.length === 0 && only.every(isObject);
  if (isList) return only as JsonObject[];
  const { value } = root;
  return [isObject(value) ? value : { [root.name]: value }];
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function* documentOf(rows: Rows): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<items>\n';
  for await (const group of rows) yield group.map((row) => `${elementOf('item', row)}\n`).join('');
  yield '</items>\n';
}

function elementOf(name: string, value: JsonValue): string {
  const tag = tagName(name);
  if (Array.isArray(value)) return value.map((each) => elementOf(name, each)).join('');
  if (!isObject(value)) return `<${tag}>${escaped(cellText(value))}</${tag}>`;
  const entries = Object.entries(value);
  const attributes = entries
    .filter(([key]) => key.startsWith('@'))
    .map(([key, each]) => ` ${tagName(key.slice(1))}="${escaped(cellText(each))}"`);
  const content = entries
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, each]) => (key === '#text' ? escaped(cellText(each)) : elementOf(key, each)));
  return `<${tag}${attributes.join('')}>${content.join('')}</${tag}>`;
}

/** What may not stand in the name of an element becomes `_`. */
function tagName(name: string): string {
  const allowed = name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_');
  return /^[\p{L}_]/u.test(allowed) ? allowed : `_${allowed}`;
}
