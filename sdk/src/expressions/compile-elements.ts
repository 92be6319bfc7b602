import type { AnyNode, Expression, SpreadElement } from 'acorn';
import type { Compiler } from './compiler.js';
import type { Code, Frame } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import { describe } from './values.js';

/** The values of a list literal or of arguments, spreads laid out. */
export function compileElements(
  elements: readonly (Expression | SpreadElement | null)[],
  compiler: Compiler,
  owner: AnyNode,
): (frame: Frame) => unknown[] {
  const parts = elements.map((element) => {
    if (element === null) throw compiler.error(owner, 'A list cannot have holes');
    if (element.type !== 'SpreadElement') return { code: compiler.compile(element), isSpread: false };
    return { code: compiler.compile(element.argument), isSpread: true };
  });
  if (parts.some((part) => part.isSpread)) return (frame) => spreadInto(parts, frame);
  const codes = parts.map((part) => part.code);
  return (frame) => {
    const values: unknown[] = [];
    for (const code of codes) values.push(code(frame));
    return values;
  };
}

function spreadInto(parts: readonly { code: Code; isSpread: boolean }[], frame: Frame): unknown[] {
  const out: unknown[] = [];
  for (const part of parts) {
    const value = part.code(frame);
    if (!part.isSpread) out.push(value);
    else {
      const size = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
      frame.run.budget.elements(out.length + size);
      for (const element of iterable(value)) out.push(element);
    }
  }
  return out;
}

function iterable(value: unknown): Iterable<unknown> {
  if (Array.isArray(value) || typeof value === 'string') return value;
  throw new ExpressionError(`Only a list or a text can be spread with ..., not ${describe(value)}`);
}
