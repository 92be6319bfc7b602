import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { cachedPattern, Pattern } from '../pattern.js';
import { toText } from '../values.js';
import { memberTable, type MethodRow } from '../views.js';
import { integerOf, localeOf, textOf } from './arguments.js';
import { dateFromText } from './date-parsing.js';
import { parseJson } from './json-text.js';
import { replaceText } from './replace.js';
import { splitText } from './split.js';

function patternOf(value: unknown, flags: string, run: Evaluation): Pattern {
  if (value instanceof Pattern) return value;
  try {
    return cachedPattern(textOf(value, run, ''), flags);
  } catch (error) {
    throw new ExpressionError(error instanceof Error ? error.message : 'The pattern is not valid');
  }
}

function match(text: string, pattern: Pattern, run: Evaluation): unknown {
  if (!pattern.isGlobal) return pattern.first(text, run.budget)?.groups ?? null;
  const found: unknown[] = [];
  for (const one of pattern.all(text, run.budget)) {
    run.budget.elements(1);
    found.push(one.groups[0]);
  }
  run.budget.elements(found.length);
  return found.length === 0 ? null : found;
}

function matchAll(text: string, pattern: Pattern, run: Evaluation): unknown[] {
  if (!pattern.isGlobal) throw new ExpressionError('matchAll needs a pattern with the flag g');
  const found: unknown[] = [];
  for (const one of pattern.all(text, run.budget)) {
    run.budget.elements(one.groups.length);
    found.push(one.groups);
  }
  run.budget.elements(found.length);
  return found;
}

function pad(text: string, length: unknown, filler: unknown, run: Evaluation, where: 'padStart' | 'padEnd'): string {
  const target = integerOf(length, run, 0);
  run.budget.text(Math.max(text.length, target));
  run.budget.work(target);
  return text[where](target, textOf(filler, run, ' '));
}

function repeat(text: string, count: unknown, run: Evaluation): string {
  const times = integerOf(count, run, 0);
  if (times < 0) throw new ExpressionError('repeat needs a count of 0 or more');
  run.budget.text(text.length * times);
  run.budget.work(text.length * times);
  return text.repeat(times);
}

function concat(text: string, parts: readonly unknown[], run: Evaluation): string {
  let out = text;
  for (const part of parts) {
    const next = toText(part, run.budget);
    run.budget.text(out.length + next.length);
    out += next;
  }
  return out;
}

function normalize(text: string, form: unknown, run: Evaluation): string {
  const name = textOf(form, run, 'NFC');
  if (!['NFC', 'NFD', 'NFKC', 'NFKD'].includes(name)) throw new ExpressionError('normalize knows NFC, NFD, NFKC, NFKD');
  // A character can become up to 18.
  run.budget.text(text.length);
  return text.normalize(name);
}

function extractFirst(text: string, source: string, run: Evaluation): string | undefined {
  return cachedPattern(source, 'i').first(text, run.budget)?.groups[0];
}

function toNumberValue(text: string): number {
  const number = Number(text.trim() === '' ? NaN : text);
  if (Number.isNaN(number)) throw new ExpressionError(`"${text.slice(0, 40)}" is not a number`);
  return number;
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

const asJavaScript: MethodRow<string>[] = [
  [
    'at',
    '(index)',
    'The character at the index; negative counts from the end.',
    (s, [i], run) => s.at(integerOf(i, run, 0)),
  ],
  ['charAt', '(index)', 'The character at the index, or "".', (s, [i], run) => s.charAt(integerOf(i, run, 0))],
  ['charCodeAt', '(index)', 'The UTF-16 code at the index.', (s, [i], run) => s.charCodeAt(integerOf(i, run, 0))],
  ['codePointAt', '(index)', 'The Unicode code at the index.', (s, [i], run) => s.codePointAt(integerOf(i, run, 0))],
  ['concat', '(...texts)', 'The texts one after the other.', (s, parts, run) => concat(s, parts, run)],
  [
    'endsWith',
    '(search, end?)',
    'Whether the text ends with the other.',
    (s, [t, e], run) => s.endsWith(textOf(t, run), integerOf(e, run, s.length)),
  ],
  [
    'includes',
    '(search, from?)',
    'Whether the text holds the other.',
    (s, [t, f], run) => s.includes(textOf(t, run), integerOf(f, run, 0)),
  ],
  [
    'indexOf',
    '(search, from?)',
    'Index of the first occurrence, or -1.',
    (s, [t, f], run) => s.indexOf(textOf(t, run), integerOf(f, run, 0)),
  ],
  ['lastIndexOf', '(search)', 'Index of the last occurrence, or -1.', (s, [t], run) => s.lastIndexOf(textOf(t, run))],
  [
    'localeCompare',
    '(other, language?)',
    'Negative, 0 or positive: the order of two texts.',
    (s, [t, l], run) => s.localeCompare(textOf(t, run), localeOf(l, 'localeCompare')),
  ],
  [
    'match',
    '(pattern)',
    'The first match and its groups, with flag g all matches; null without one.',
    (s, [p], run) => match(s, patternOf(p, '', run), run),
  ],
  [
    'matchAll',
    '(pattern)',
    'All matches with their groups, as a list.',
    (s, [p], run) => matchAll(s, patternOf(p, 'g', run), run),
  ],
  ['normalize', '(form?)', 'The text in a Unicode normal form.', (s, [form], run) => normalize(s, form, run)],
  ['padEnd', '(length, filler?)', 'The text filled up at its end.', (s, [n, f], run) => pad(s, n, f, run, 'padEnd')],
  [
    'padStart',
    '(length, filler?)',
    'The text filled up at its start.',
    (s, [n, f], run) => pad(s, n, f, run, 'padStart'),
  ],
  ['repeat', '(count)', 'The text that many times.', (s, [n], run) => repeat(s, n, run)],
  [
    'replace',
    '(search, replacement)',
    'Replaces the first occurrence, or all of a pattern with flag g.',
    (s, [p, r], run) => replaceText(s, p, r, false, run),
  ],
  [
    'replaceAll',
    '(search, replacement)',
    'Replaces all occurrences.',
    (s, [p, r], run) => replaceText(s, p, r, true, run),
  ],
  [
    'search',
    '(pattern)',
    'Index of the first match, or -1.',
    (s, [p], run) => patternOf(p, '', run).first(s, run.budget)?.start ?? -1,
  ],
  [
    'slice',
    '(start?, end?)',
    'A part of the text; negative counts from the end.',
    (s, [a, b], run) => s.slice(integerOf(a, run, 0), integerOf(b, run, s.length)),
  ],
  [
    'split',
    '(separator?, limit?)',
    'The parts between the separators, as a list.',
    (s, [p, n], run) => splitText(s, p, n, run),
  ],
  [
    'startsWith',
    '(search, from?)',
    'Whether the text starts with the other.',
    (s, [t, f], run) => s.startsWith(textOf(t, run), integerOf(f, run, 0)),
  ],
  [
    'substr',
    '(start, length?)',
    'A part of the text, by its length.',
    (s, [a, n], run) => substr(s, integerOf(a, run, 0), integerOf(n, run, s.length)),
  ],
  [
    'substring',
    '(start, end?)',
    'A part of the text.',
    (s, [a, b], run) => s.substring(integerOf(a, run, 0), integerOf(b, run, s.length)),
  ],
  [
    'toLocaleLowerCase',
    '(language?)',
    'In small letters, by the rules of a language.',
    (s, [l]) => s.toLocaleLowerCase(localeOf(l, 'toLocaleLowerCase')),
  ],
  [
    'toLocaleUpperCase',
    '(language?)',
    'In capital letters, by the rules of a language.',
    (s, [l]) => s.toLocaleUpperCase(localeOf(l, 'toLocaleUpperCase')),
  ],
  ['toLowerCase', '()', 'In small letters.', (s) => s.toLowerCase()],
  ['toString', '()', 'The text itself.', (s) => s],
  ['toUpperCase', '()', 'In capital letters.', (s) => s.toUpperCase()],
  ['trim', '()', 'Without white space around it.', (s) => s.trim()],
  ['trimEnd', '()', 'Without white space after it.', (s) => s.trimEnd()],
  ['trimStart', '()', 'Without white space before it.', (s) => s.trimStart()],
];

function substr(text: string, start: number, length: number): string {
  const from = start < 0 ? Math.max(text.length + start, 0) : start;
  return text.slice(from, Math.max(from, from + length));
}

const besides: MethodRow<string>[] = [
  [
    'extractDomain',
    '()',
    'The host name in an address or e-mail address.',
    (s, _, run) =>
      cachedPattern('(?:@|://|^)(?:www\\.)?([a-z0-9-]+(?:\\.[a-z0-9-]+)+)', 'i').first(s, run.budget)?.groups[1],
  ],
  [
    'extractEmail',
    '()',
    'The first e-mail address in the text.',
    (s, _, run) => extractFirst(s, '[a-z0-9._%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)+', run),
  ],
  [
    'extractUrl',
    '()',
    'The first web address in the text.',
    (s, _, run) => extractFirst(s, 'https?://[^\\s"\'<>]+', run),
  ],
  [
    'isEmail',
    '()',
    'Whether the text is an e-mail address.',
    (s, _, run) => cachedPattern('^[a-z0-9._%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)+$', 'i').test(s, run.budget),
  ],
  ['isEmpty', '()', 'Whether the text has no characters.', (s) => s === ''],
  ['isNotEmpty', '()', 'Whether the text has characters.', (s) => s !== ''],
  ['isNumeric', '()', 'Whether the text is a number.', (s) => s.trim() !== '' && !Number.isNaN(Number(s))],
  [
    'isUrl',
    '()',
    'Whether the text is a web address.',
    (s, _, run) => cachedPattern('^https?://[^\\s/?#]+[^\\s]*$', 'i').test(s, run.budget),
  ],
  ['parseJson', '()', 'The value that the JSON text holds.', (s, _, run) => parseJson(s, run)],
  [
    'removeTags',
    '()',
    'Without HTML or XML tags.',
    (s, _, run) => replaceText(s, cachedPattern('<[^>]*>', 'g'), '', true, run),
  ],
  [
    'toBoolean',
    '()',
    'false for "false", "no", "0" and "", else true.',
    (s) => !['false', 'no', '0', ''].includes(s.trim().toLowerCase()),
  ],
  [
    'toDateTime',
    '(format?)',
    'The date that the text names (ISO, mail, HTTP or SQL style).',
    (s, [format], run) => dateFromText(s, format, run),
  ],
  ['toNumber', '()', 'The number that the text names; anything else is an error.', (s) => toNumberValue(s)],
  ['toSentenceCase', '()', 'First letter capital, the rest small.', (s) => capitalise(s)],
  [
    'toSnakeCase',
    '()',
    'words_joined_like_this.',
    (s, _, run) =>
      replaceText(
        replaceText(s.trim(), cachedPattern('([a-z0-9])([A-Z])', 'g'), '$1_$2', true, run),
        cachedPattern('[^A-Za-z0-9]+', 'g'),
        '_',
        true,
        run,
      ).toLowerCase(),
  ],
  [
    'toTitleCase',
    '()',
    'First letter of every word capital.',
    (s, _, run) =>
      splitText(s, ' ', undefined, run)
        .map((word) => capitalise(String(word)))
        .join(' '),
  ],
  ['urlDecode', '()', 'Percent signs of an address read back.', (s) => decode(s)],
  ['urlEncode', '()', 'Safe within an address.', (s, _, run) => encode(s, run)],
  ['base64Decode', '()', 'The text that Base64 holds, as UTF-8.', (s) => decodeBase64(s)],
  ['base64Encode', '()', 'The text as Base64 of its UTF-8.', (s, _, run) => encodeBase64(s, run)],
];

export function encode(text: string, run: Evaluation): string {
  run.budget.text(text.length);
  try {
    return encodeURIComponent(text);
  } catch {
    throw new ExpressionError('The text holds half a character and cannot be part of an address');
  }
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ExpressionError('The text is not percent-encoded');
  }
}

function encodeBase64(text: string, run: Evaluation): string {
  run.budget.text(text.length * 2);
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    throw new ExpressionError('The text is not Base64');
  }
}

/** Every method walks over its text at most once; those that do more charge it themselves. */
const charged = [...asJavaScript, ...besides].map(([name, signature, doc, call]): MethodRow<string> => [
  name,
  signature,
  doc,
  (text, args, run) => {
    run.budget.work(text.length);
    return call(text, args, run);
  },
]);

export const stringMembers = memberTable<string>(charged, [['length', 'The number of characters.', (s) => s.length]]);
