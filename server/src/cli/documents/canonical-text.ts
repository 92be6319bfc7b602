/** A document as it was read: the right shape or not. */
export type RawDocument = Record<string, unknown>;

/** Longest line that holds a whole list or connection. */
const width = 120;

const documentFields = ['wfaib', 'name', 'nodes', 'connections', 'settings', 'notes', 'groups', 'meta'];
const nodeHead = ['id', 'name', 'type', 'typeVersion', 'position', 'parameters', 'credentials', 'disabled', 'notes'];
const nodePolicy = ['pinned', 'timeoutMs', 'alwaysOutput', 'executeOnce', 'retry', 'onError', 'compensateWith'];
const nodeFields = [...nodeHead, ...nodePolicy];
const retryFields = ['maxAttempts', 'initialMs', 'factor', 'maxMs', 'jitter', 'on', 'notOn'];
const settingsHead = ['timezone', 'durability', 'branches', 'timeoutMs', 'maxConcurrentRuns'];
const settingsFields = [...settingsHead, 'errorWorkflowId', 'saveData', 'retention'];

/**
 * The one way to write a document: fields in the order of the schema, nodes and connections in theirs, two spaces, a
 * connection a line. Nothing is added, left out or changed, and the order within parameters, which a person chose and
 * which can matter, stays: so the text of a document is the same wherever it was, and a git diff shows what changed.
 */
export function canonicalText(document: RawDocument): string {
  return `${write(inOrder(document, documentFields, orderOfPart), 0)}\n`;
}

function orderOfPart(name: string, value: unknown): unknown {
  if (name === 'nodes') return mapList(value, (node) => inOrder(node, nodeFields, orderOfNodePart));
  if (name === 'connections') return mapList(value, connection);
  if (name === 'settings') return isObject(value) ? inOrder(value, settingsFields) : value;
  return value;
}

function orderOfNodePart(name: string, value: unknown): unknown {
  return name === 'retry' && isObject(value) ? inOrder(value, retryFields) : value;
}

function connection(value: RawDocument): unknown {
  const end = (_: string, part: unknown) => (isObject(part) ? inOrder(part, ['node', 'port']) : part);
  return new OneLine(inOrder(value, ['from', 'to'], end));
}

/** Known fields first; the rest keeps its order behind them. */
function inOrder(
  value: RawDocument,
  fields: readonly string[],
  part: (name: string, value: unknown) => unknown = (_, inner) => inner,
): RawDocument {
  const rest = Object.keys(value).filter((name) => !fields.includes(name));
  const names = [...fields.filter((name) => Object.hasOwn(value, name)), ...rest];
  return Object.fromEntries(names.map((name) => [name, part(name, value[name])]));
}

function mapList(value: unknown, map: (each: RawDocument) => unknown): unknown {
  return Array.isArray(value) ? value.map((each: unknown) => (isObject(each) ? map(each) : each)) : value;
}

/** Written on one line where it fits. */
class OneLine {
  constructor(readonly value: RawDocument) {}
}

function write(value: unknown, depth: number): string {
  if (value instanceof OneLine) {
    const line = inline(value.value);
    return line.length + 2 * depth < width ? line : write(value.value, depth);
  }
  if (Array.isArray(value)) return writeList(value, depth);
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${write(inner, depth + 1)}`);
    return block('{', members, '}', depth);
  }
  return JSON.stringify(value);
}

function writeList(value: unknown[], depth: number): string {
  const isPlain = value.every((each) => typeof each !== 'object' || each === null);
  const line = isPlain ? inline(value) : '';
  // Half of the line is for the name before it.
  if (isPlain && line.length + 2 * depth < width / 2) return line;
  return block(
    '[',
    value.map((each) => write(each, depth + 1)),
    ']',
    depth,
  );
}

function block(open: string, members: string[], close: string, depth: number): string {
  if (members.length === 0) return open + close;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${members.map((member) => indent + member).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${inline(inner)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

export function isObject(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
