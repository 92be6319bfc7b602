import { TextBuilder } from '../budget.js';
import type { Evaluation } from '../evaluation.js';
import { callbackOf } from '../functions.js';
import { Pattern, type PatternMatch } from '../pattern.js';
import { kindOf, toText } from '../values.js';
import { namedGroups } from './regex.js';

type Replacer = (match: PatternMatch) => string;

/** `text.replace(search, replacement)`, and `replaceAll` with `all`. */
export function replaceText(
  text: string,
  search: unknown,
  replacement: unknown,
  all: boolean,
  run: Evaluation,
): string {
  run.budget.work(text.length);
  const pattern = search instanceof Pattern ? search : undefined;
  const matches =
    pattern === undefined ? occurrences(text, toText(search, run.budget), run) : pattern.all(text, run.budget);
  const replacer = replacerOf(text, replacement, pattern, run);
  const out = new TextBuilder(run.budget);
  let end = 0;
  for (const match of matches) {
    out.add(text.slice(end, match.start));
    out.add(replacer(match));
    end = match.end;
    if (!all && pattern?.isGlobal !== true) break;
  }
  if (end === 0 && out.toString() === '') return text;
  out.add(text.slice(end));
  return out.toString();
}

function* occurrences(text: string, search: string, run: Evaluation): Generator<PatternMatch> {
  for (let start = text.indexOf(search); start !== -1 && start <= text.length;) {
    run.budget.work(1);
    yield { start, end: start + search.length, groups: [search] };
    const next = start + Math.max(search.length, 1);
    start = next > text.length ? -1 : text.indexOf(search, next);
  }
}

function replacerOf(text: string, replacement: unknown, pattern: Pattern | undefined, run: Evaluation): Replacer {
  if (kindOf(replacement) !== 'function' && kindOf(replacement) !== 'namespace') {
    const template = toText(replacement, run.budget);
    return template.includes('$') ? (match) => expand(template, match, text, pattern, run) : () => template;
  }
  const replace = callbackOf(replacement, 'replace', run);
  return (match) => {
    const names = pattern === undefined ? undefined : namedGroups(pattern, match);
    const rest = names === undefined ? [match.start, text] : [match.start, text, names];
    return toText(replace(...match.groups, ...rest), run.budget);
  };
}

// The rules of ECMAScript's GetSubstitution.
const reference = /\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g;

function expand(
  template: string,
  match: PatternMatch,
  text: string,
  pattern: Pattern | undefined,
  run: Evaluation,
): string {
  const out = new TextBuilder(run.budget);
  let end = 0;
  for (const found of template.matchAll(reference)) {
    out.add(template.slice(end, found.index));
    const [value, used] = referenced(found, match, text, pattern);
    out.add(value);
    end = found.index + used;
  }
  out.add(template.slice(end));
  return out.toString();
}

/** The text a reference stands for, and how many characters of the template it took. */
function referenced(
  found: RegExpExecArray,
  match: PatternMatch,
  text: string,
  pattern: Pattern | undefined,
): [string, number] {
  const [whole, sign, digits, name] = found;
  if (sign === '$') return ['$', 2];
  if (sign === '&') return [text.slice(match.start, match.end), 2];
  if (sign === '`') return [text.slice(0, match.start), 2];
  if (sign === "'") return [text.slice(match.end), 2];
  if (digits !== undefined) return numbered(digits, match) ?? [whole, whole.length];
  const names = pattern?.groupNames ?? [];
  if (names.length === 0) return ['$<', 2];
  const group = names.find(([known]) => known === name);
  return [group === undefined ? '' : (match.groups[group[1]] ?? ''), whole.length];
}

function numbered(digits: string, match: PatternMatch): [string, number] | undefined {
  for (const candidate of [digits, digits.slice(0, 1)]) {
    const index = Number(candidate);
    if (index >= 1 && index < match.groups.length) return [match.groups[index] ?? '', candidate.length + 1];
  }
  return undefined;
}
