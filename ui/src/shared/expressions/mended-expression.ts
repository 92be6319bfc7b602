import { lacksSign } from '@wfaib/sdk/expressions/forgotten-signs';

/** A name that only makes sense within braces, at the beginning of a text. */
const bareName = /^\$(?:json|item|input|vars|now|today|run|workflow|itemIndex)\b|^\$\(/;

/** The expression that a value was meant to be: without its `=`, or without its braces; `undefined` where nothing is amiss. */
export function mendedExpression(value: unknown): string | undefined {
  if (lacksSign(value)) return `=${value}`;
  if (typeof value !== 'string' || value.includes('{{')) return undefined;
  const text = value.replace(/^=/, '').trim();
  return bareName.test(text) ? `={{ ${text} }}` : undefined;
}
