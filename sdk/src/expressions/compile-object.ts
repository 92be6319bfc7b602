import type { ObjectExpression, Property } from 'acorn';
import type { Compiler } from './compiler.js';
import type { Code, Frame } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import { toKey } from './own-data.js';
import { describe, isForbiddenKey, kindOf, setOwn } from './values.js';

type Fill = (object: Record<string, unknown>, frame: Frame) => void;

/** `{ name: value, [key]: value, short, ...rest }`. */
export function compileObject(node: ObjectExpression, compiler: Compiler): Code {
  const fills = node.properties.map((property) =>
    property.type === 'SpreadElement'
      ? compileSpread(compiler.compile(property.argument))
      : compileProperty(property, compiler),
  );
  return (frame) => {
    frame.run.budget.step();
    const object: Record<string, unknown> = {};
    for (const fill of fills) fill(object, frame);
    return object;
  };
}

function compileProperty(property: Property, compiler: Compiler): Fill {
  if (property.kind !== 'init' || property.method)
    throw compiler.error(property, 'An object can only hold values here');
  const value = compiler.compile(property.value);
  const name = literalName(property);
  if (name === undefined) {
    const key = compiler.compile(property.key as Parameters<Compiler['compile']>[0]);
    return (object, frame) => setOwn(object, String(toKey(key(frame), frame.run)), value(frame));
  }
  if (isForbiddenKey(name)) throw compiler.error(property, `The name ${name} may not be used in an expression`);
  return (object, frame) => {
    object[name] = value(frame);
  };
}

function literalName(property: Property): string | undefined {
  const { key } = property;
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'Identifier' && !property.computed ? key.name : undefined;
}

function compileSpread(source: Code): Fill {
  return (object, frame) => {
    const value = source(frame);
    if (value === null || value === undefined) return;
    const kind = kindOf(value);
    if (kind !== 'object' && kind !== 'array') {
      throw new ExpressionError(`Only an object can be spread with ..., not ${describe(value)}`);
    }
    const plain = value as Record<string, unknown>;
    const keys = Object.keys(plain);
    frame.run.budget.elements(keys.length);
    for (const key of keys) if (typeof plain[key] !== 'function') setOwn(object, key, plain[key]);
  };
}
