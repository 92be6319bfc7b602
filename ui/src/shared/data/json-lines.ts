/** A line of indented JSON, taken apart at its key. */
export interface JsonLine {
  before: string;
  /** The key as it is written, quotes included; absent on lines without one. */
  key?: string;
  after: string;
  /** Where the value stands, from the root. */
  path: (string | number)[];
}

/** The lines of a text that `JSON.stringify(value, null, 2)` made, each with the path of its value. */
export function jsonLines(text: string): JsonLine[] {
  const path: (string | number)[] = [];
  const isList: boolean[] = [];
  return text.split('\n').map((line) => {
    const [, indent = '', rest = ''] = /^(\s*)(.*)$/.exec(line) ?? [];
    const depth = indent.length / 2;
    if (/^[\]}]/.test(rest)) return { before: line, after: '', path: path.slice(0, depth) };
    path.length = depth;
    isList.length = depth;
    const key = /^"(?:\\.|[^"\\])*"(?=: )/.exec(rest)?.[0];
    const parent = depth - 1;
    if (key !== undefined) path[parent] = JSON.parse(key) as string;
    else if (isList[parent]) path[parent] = typeof path[parent] === 'number' ? (path[parent] as number) + 1 : 0;
    if (/[[{]$/.test(rest)) {
      isList[depth] = rest.endsWith('[');
      path[depth] = '';
    }
    const at = path.slice(0, depth);
    return key === undefined
      ? { before: line, after: '', path: at }
      : { before: indent, key, after: rest.slice(key.length), path: at };
  });
}
