/**
 * A sentence of the server, told so that others can tell it in another language: the English text with `{{names}}`, which
 * is also the key of its translation, and what stands in their places.
 */
export interface Sentence {
  text: string;
  values?: Record<string, SentenceValue>;
}

/** Names and numbers stay as they are, parts are sentences too, `at` is a moment (milliseconds since 1970), lists get commas. */
export type SentenceValue = string | number | Sentence | { at: number } | readonly SentenceValue[];

/** How a language tells a sentence. */
export interface Telling {
  /** The text in that language, with the same names. */
  textOf(english: string): string;
  momentOf(at: number): string;
}

const english: Telling = { textOf: (text) => text, momentOf: (at) => new Date(at).toISOString() };

/** Writes a sentence with named values: `` say`There is no run ${{ runId }}.` ``. */
export function say(parts: TemplateStringsArray, ...named: Record<string, SentenceValue>[]): Sentence {
  const text = parts.reduce((said, part, index) => `${said}{{${Object.keys(named[index - 1]!)[0]!}}}${part}`);
  return named.length === 0 ? { text } : { text, values: Object.assign({}, ...named) as Sentence['values'] & object };
}

/** The sentence in words, in English unless told otherwise. */
export function wordsOf(sentence: Sentence, telling: Telling = english): string {
  const { text, values = {} } = sentence;
  return telling
    .textOf(text)
    .replace(/\{\{(\w+)\}\}/g, (all, name: string) =>
      Object.hasOwn(values, name) ? valueWords(values[name]!, telling) : all,
    );
}

/** A message in English, and the sentence it is for those who show it in another language. */
export const tell = (said: Sentence): { message: string; said: Sentence } => ({ message: wordsOf(said), said });

function valueWords(value: SentenceValue, telling: Telling): string {
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map((each) => valueWords(each, telling)).join(', ');
  return 'at' in value ? telling.momentOf(value.at) : wordsOf(value, telling);
}

// `Array.isArray` does not narrow readonly lists.
const isList = (value: object): value is readonly SentenceValue[] => Array.isArray(value);
