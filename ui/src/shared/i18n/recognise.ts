/** English texts with `{{places}}`, and how another language says them. */
type Texts = Readonly<Record<string, string>>;

/** A text with places, taken apart: what is written before, between and behind them. */
interface Pattern {
  english: string;
  literals: string[];
  names: string[];
  /** Whether a place stands in quotation marks: what is in it is a name and stays as it is. */
  isName: boolean[];
  words: string;
}

const placesIn = /\{\{(\w+)\}\}/;
/** With less text of its own, in characters, a text would be found in what somebody else wrote; in a place it may be less. */
const leastOwn = { alone: 8, within: 5 };
/** The same for one that begins in the middle of a sentence, and for one that takes sentences of others before its own words. */
const leastOwnBehind = 16;
/** Reasons within reasons are looked into this deep. */
const deepest = 5;
const mostRemembered = 300;

const ownLength = (english: string): number => english.replace(/\{\{\w+\}\}|\s/g, '').length;

/** Whether a text says enough of its own, besides its `{{places}}`, to be recognised. */
export const saysEnough = (english: string, isWithin = false): boolean =>
  ownLength(english) >= (isWithin ? leastOwn.within : leastOwn.alone);

/**
 * Tells plain texts in another language by the English texts they were made of: `There is no field {{1}}.` What stands in
 * a place is looked at in the same way. A text that was made of none of them stays as it is. Of lists, earlier ones count.
 */
export function recogniserOf(lists: readonly Texts[]): (text: string, isWithin?: boolean) => string {
  const texts = Object.assign({}, ...lists.toReversed()) as Texts;
  const patterns = Object.keys(texts)
    .filter((english) => placesIn.test(english) && saysEnough(english, true))
    .toSorted((one, other) => ownLength(other) - ownLength(one))
    .map((english) => patternOf(english, texts[english]!));
  const alone = patterns.filter(({ english }) => saysEnough(english) && !isMidSentence(english));
  const known = new Map<string, string>();

  function inWords(text: string, depth: number): string {
    // A single word may be anything, such as the name of a field.
    if (Object.hasOwn(texts, text) && text.includes(' ') && (depth > 0 || saysEnough(text))) return texts[text]!;
    if (depth === deepest) return text;
    const { pattern, found } = bestOf(depth === 0 ? alone : patterns, text) ?? {};
    if (!pattern || !found) return text;
    const fillings = found.map((each, index) => (pattern.isName[index] ? each : inWords(each, depth + 1)));
    return pattern.words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => fillings[pattern.names.indexOf(name)] ?? '');
  }

  return (text, isWithin = false) => {
    const key = `${isWithin ? '…' : ''}${text}`;
    const told = known.get(key) ?? inWords(text, isWithin ? 1 : 0);
    if (known.size >= mostRemembered) known.clear();
    known.set(key, told);
    return told;
  };
}

/** The first that fits; one that would find quotation marks within a name only where there is no other. */
function bestOf(patterns: readonly Pattern[], text: string): { pattern: Pattern; found: string[] } | undefined {
  let loose: { pattern: Pattern; found: string[] } | undefined;
  for (const pattern of patterns) {
    const found = fillingsOf(pattern, text);
    if (!found) continue;
    if (!found.some((each, index) => pattern.isName[index] && each.includes('"'))) return { pattern, found };
    loose ??= { pattern, found };
  }
  return loose;
}

const isMidSentence = (english: string): boolean => /^\p{Ll}/u.test(english) && ownLength(english) < leastOwnBehind;

function patternOf(english: string, words: string): Pattern {
  const parts = english.split(placesIn);
  const [literals, names] = [0, 1].map((odd) => parts.filter((_, index) => index % 2 === odd)) as [string[], string[]];
  const isName = names.map((_, index) => literals[index]!.endsWith('"') && literals[index + 1]!.startsWith('"'));
  return { english, literals, names, isName, words };
}

/** What stands in the places, where the text fits. Each literal is looked for once, so this takes as long as the text is. */
function fillingsOf({ literals, isName }: Pattern, text: string): string[] | undefined {
  const [first, last] = [literals[0]!, literals.at(-1)!];
  const end = text.length - last.length;
  if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return undefined;
  const found: string[] = [];
  let from = first.length;
  for (const literal of literals.slice(1, -1)) {
    const at = text.indexOf(literal, from);
    if (at === -1 || at + literal.length > end) return undefined;
    found.push(text.slice(from, at));
    from = at + literal.length;
  }
  found.push(text.slice(from, end));
  return first === '' && !isName[0] && isOfOthers(found[0]!, literals) ? undefined : found;
}

/** Whether the place at the beginning holds words to which too little is added to be sure of. */
const isOfOthers = (begin: string, [, next = '', ...rest]: readonly string[]): boolean =>
  /\s/.test(begin) && !next.startsWith(' (') && ownLength([next, ...rest].join('')) < leastOwnBehind;
