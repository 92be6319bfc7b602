import { wordsOf } from '@wfaib/sdk/sentence';
import type { Sentence, SentenceValue } from '@wfaib/sdk/sentence';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { decimalSign } from '../format/count.js';
import { formatInstant } from '../format/time.js';
import { serverText, toldMessage } from './server-texts.js';

const telling = { textOf: serverText, momentOf: (at: number) => formatInstant(at) };

/** What the server says, in the language of this page and with its times. `message` where it did not say it in parts. */
export const told = (said: Sentence | undefined, message: string): string =>
  said === undefined ? toldMessage(message) : withDecimals(wordsOf(withToldReasons(said), telling));

/** A problem whose message is in the language of this page. */
export const toldProblem = <P extends Pick<Problem, 'message' | 'said'>>(problem: P): P => ({
  ...problem,
  message: told(problem.said, problem.message),
});

/** A value that is plain text may be a message itself; what stands in quotation marks is a name. */
function withToldReasons({ text, values }: Sentence): Sentence {
  if (!values) return { text };
  const isName = (name: string) => text.includes(`"{{${name}}}"`);
  const toldValue = (value: SentenceValue): SentenceValue =>
    typeof value === 'string' ? toldMessage(value, true) : isSentence(value) ? withToldReasons(value) : value;
  const entries = Object.entries(values).map(([name, value]) => [name, isName(name) ? value : toldValue(value)]);
  return { text, values: Object.fromEntries(entries) as Sentence['values'] & object };
}

const isSentence = (value: SentenceValue): value is Sentence => typeof value === 'object' && 'text' in value;

/** Sizes and times come with a point: `1.5 GB`. */
const withDecimals = (words: string): string =>
  words.replace(
    /(\d)\.(\d+)(?= (?:[kMGT]?B|m?s)\b)/g,
    (_, whole: string, rest: string) => whole + decimalSign() + rest,
  );
