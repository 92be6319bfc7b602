import { RE2JS, type Matcher } from 're2js';
import type { Budget } from './budget.js';
import { translatePattern } from './pattern-syntax.js';

/** One match of a pattern in a text. */
export interface PatternMatch {
  start: number;
  end: number;
  /** Whole match first, then the groups; `undefined` for a group that took no part. */
  groups: (string | undefined)[];
}

const allowedFlags = /^[gimsu]*$/;

/** A regular expression whose time grows with the length of the text only, never exponentially. */
export class Pattern {
  readonly #engine: RE2JS;
  /** Cost of a character of text. */
  readonly #weight: number;
  readonly isGlobal: boolean;
  readonly groupNames: readonly (readonly [string, number])[];

  /** Throws an `Error` with a sentence when the pattern uses what linear time cannot do. */
  constructor(
    readonly source: string,
    readonly flags = '',
  ) {
    if (!allowedFlags.test(flags)) throw new Error(`The flags ${flags} are not offered; use g, i, m, s, u`);
    if (source.length > 2_000) throw new Error('The regular expression is longer than 2000 characters');
    this.#engine = compile(source, flags);
    this.#weight = 1 + this.#engine.programSize() / 8;
    this.isGlobal = flags.includes('g');
    this.groupNames = Object.entries(this.#engine.namedGroups());
  }

  test(text: string, budget: Budget): boolean {
    this.charge(text, budget);
    return this.#engine.test(text);
  }

  first(text: string, budget: Budget): PatternMatch | undefined {
    for (const match of this.all(text, budget)) return match;
    return undefined;
  }

  /** All matches from left to right, empty ones included. */
  *all(text: string, budget: Budget): Generator<PatternMatch> {
    this.charge(text, budget);
    const matcher = this.#engine.matcher(text);
    while (matcher.find()) {
      const match = readMatch(matcher, text);
      budget.work(16 + match.end - match.start);
      yield match;
      budget.time();
    }
  }

  toString(): string {
    return `/${this.source}/${this.flags}`;
  }

  private charge(text: string, budget: Budget): void {
    budget.work(text.length * this.#weight);
    budget.time();
  }
}

function compile(source: string, flags: string): RE2JS {
  let bits = RE2JS.LOOKBEHINDS;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  try {
    return RE2JS.compile(translatePattern(source, flags.includes('s')), bits);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'not valid';
    throw new Error(
      `The regular expression /${source}/ cannot be used: ${reason} (no look-ahead, no back-references)`,
      {
        cause: error,
      },
    );
  }
}

function readMatch(matcher: Matcher, text: string): PatternMatch {
  const groups: (string | undefined)[] = [];
  for (let index = 0; index <= matcher.groupCount(); index++) {
    const start = matcher.start(index);
    groups.push(start < 0 ? undefined : text.slice(start, matcher.end(index)));
  }
  return { start: matcher.start(), end: matcher.end(), groups };
}

const cache = new Map<string, Pattern>();

/** Compiles a pattern once; for patterns that come as text. */
export function cachedPattern(source: string, flags: string): Pattern {
  const key = `${flags}/${source}`;
  let pattern = cache.get(key);
  if (pattern === undefined) {
    pattern = new Pattern(source, flags);
    if (cache.size >= 200) cache.clear();
    cache.set(key, pattern);
  }
  return pattern;
}
