/**
 * Runs inside the isolate before the user's code: the names a code step sees, console capture, and the one way in and
 * out, both JSON text. Nothing of the host is reachable from here, so whatever user code does to these objects, it does
 * to itself; the text that leaves is treated as hostile.
 */
export const prelude = String.raw`
(() => {
  'use strict';
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name];

  const Words = Uint16Array;
  const maxLogLines = 200;
  const maxLogChars = 65536;
  const logs = [];
  let logChars = 0;
  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return String(value.stack || value);
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function' || value === undefined) return String(value);
    const seen = new Set();
    return JSON.stringify(value, (key, inner) => {
      if (typeof inner === 'bigint') return String(inner);
      if (typeof inner !== 'object' || inner === null) return inner;
      if (seen.has(inner)) return '[seen before]';
      seen.add(inner);
      return inner;
    });
  };
  const write = (level) => (...values) => {
    if (logs.length > maxLogLines || logChars > maxLogChars) return;
    let text = values.map(show).join(' ');
    if (logs.length === maxLogLines || logChars + text.length > maxLogChars) text = '… the rest of the output was left out';
    logChars += text.length;
    logs.push({ level, text });
    if (logs.length === maxLogLines) logChars = maxLogChars;
  };
  globalThis.console = Object.freeze({ log: write('log'), info: write('info'), warn: write('warn'), error: write('error'), debug: write('debug') });

  let slate;
  const letterOf = String.prototype.charCodeAt.call.bind(String.prototype.charCodeAt);
  globalThis.progress = (fraction, text) => {
    if (typeof fraction !== 'number') throw new TypeError('progress(fraction, text): fraction must be a number from 0 to 1.');
    const words = text === undefined || text === null ? '' : String(text);
    const length = words.length > 200 ? 200 : words.length;
    for (let index = 0; index < length; index++) slate[3 + index] = letterOf(words, index);
    slate[2] = length;
    slate[1] = fraction > 1 ? 10000 : fraction > 0 ? fraction * 10000 : 0;
    slate[0] = slate[0] + 1;
  };

  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const describe = (value) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : 'the ' + typeof value + ' ' + String(value).slice(0, 40));

  // Items that come back as the very objects that went in need no pairing by hand.
  const origins = new Map();

  const pairs = (value) => {
    if (value === undefined || value === null) return undefined;
    const list = (Array.isArray(value) ? value : [value]).map((entry) => (isObject(entry) ? entry.item : entry));
    if (list.some((index) => !Number.isInteger(index) || index < 0)) throw new Error('pairedItem must be the number of an input item, or a list of such numbers.');
    return list;
  };

  const toItem = (value, position, fallback) => {
    if (!isObject(value)) throw new Error('The code must return items, which are objects. At position ' + position + ' it returned ' + describe(value) + '.');
    const origin = origins.get(value) ?? (isObject(value.json) ? origins.get(value.json) : undefined);
    const from = pairs(value.pairedItem) ?? (origin === undefined ? fallback : [origin]);
    if (!('json' in value)) return { json: value, ...(from ? { from } : {}) };
    if (!isObject(value.json)) throw new Error('"json" of the item at position ' + position + ' must be an object; it is ' + describe(value.json) + '.');
    return { json: value.json, ...(value.files ? { files: value.files } : {}), ...(from ? { from } : {}) };
  };

  const toItems = (value, fallback) => {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value.map((entry, position) => toItem(entry, position, fallback)) : [toItem(value, 0, fallback)];
  };

  const toError = (error) => ({
    name: isObject(error) || error instanceof Error ? String(error.name ?? 'Error') : 'Error',
    message: error instanceof Error ? String(error.message) : 'The code threw ' + show(error),
    stack: error instanceof Error ? String(error.stack) : '',
  });

  const ambiguous = (name) => new Error("$('" + name + "').item is not clear: that step has several items. Use first(), last() or all().");

  const nodeView = (name, list, index, count) => ({
    all: () => list,
    first: () => list[0],
    last: () => list[list.length - 1],
    isExecuted: true,
    get item() {
      if (list.length === 1) return list[0];
      if (index !== undefined && list.length === count) return list[index];
      throw ambiguous(name);
    },
  });

  // One scope per call of the user's function; $json and $item only mean something item by item.
  const scope = (data, index) => {
    const { items, nodes, context } = data;
    const item = items[index ?? 0];
    const find = (name) => {
      if (!Object.hasOwn(nodes, name)) throw new Error("There is no step named '" + name + "' that has run before this one.");
      return nodeView(name, nodes[name], index, items.length);
    };
    const zone = { zone: context.timezone };
    const DateTime = globalThis.luxon?.DateTime;
    const now = DateTime ? DateTime.fromMillis(context.now, zone) : undefined;
    return [
      { all: () => items, first: () => items[0], last: () => items[items.length - 1], item },
      items, item, item?.json, (index ?? 0) + (data.offset ?? 0), find, context.run, context.workflow, context.vars, now, now?.startOf('day'),
      DateTime, globalThis.luxon?.Duration, globalThis.luxon?.Interval,
    ];
  };

  return async (text, mode, maxChars, run, memory) => {
    slate = new Words(memory);
    const result = { items: [], failures: [], logs, error: undefined };
    try {
      const data = JSON.parse(text);
      data.items.forEach((item, index) => { origins.set(item, index); origins.set(item.json, index); });
      if (mode === 'all') {
        result.items = toItems(await run(...scope(data)), undefined);
      } else {
        for (let index = 0; index < data.items.length; index++) {
          try {
            result.items.push(...toItems(await run(...scope(data, index)), [index]));
          } catch (error) {
            result.failures.push({ item: index, error: toError(error) });
          }
        }
      }
    } catch (error) {
      result.error = toError(error);
    }
    let output;
    try {
      output = JSON.stringify(result);
    } catch (error) {
      output = JSON.stringify({ items: [], failures: [], logs, error: { name: 'Error', message: 'The returned items cannot be written as JSON: ' + String(error && error.message), stack: '' } });
    }
    if (output.length > maxChars) return JSON.stringify({ items: [], failures: [], logs, tooLarge: output.length });
    return output;
  };
})()
`;

/** Parameters of the user's function, in the order in which the prelude passes them. */
export const parameterNames = [
  '$input',
  'items',
  '$item',
  '$json',
  '$itemIndex',
  '$',
  '$run',
  '$workflow',
  '$vars',
  '$now',
  '$today',
  'DateTime',
  'Duration',
  'Interval',
];
