import { lacksSign } from '@wfaib/sdk/expressions/forgotten-signs';

/** A name that only makes sense within braces, at the beginning of a text. */
const bareName = /^\$(?:json|item|input|vars|now|today|run|workflow|itemIndex)\b|^\$\(/;

/** What is amiss with an expression, and what it was meant to be. */
export interface Mending {
  amiss: 'noSign' | 'noBraces' | 'secondSign';
  meant: string;
}

/** What a value was meant to be; `undefined` where nothing is amiss. */
export function mendingOf(value: unknown): Mending | undefined {
  if (lacksSign(value)) return { amiss: 'noSign', meant: `=${value}` };
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/^=+/, '').trim();
  if (!value.includes('{{') && bareName.test(text)) return { amiss: 'noBraces', meant: `={{ ${text} }}` };
  return value.startsWith('==') ? { amiss: 'secondSign', meant: value.replace(/^=+/, '=') } : undefined;
}
