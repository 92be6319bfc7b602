import type { AnyNode, ArrowFunctionExpression, AssignmentProperty, Pattern as ParameterPattern } from 'acorn';
import type { Compiler } from './compiler.js';
import { Frame, type Code } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import { FunctionValue } from './functions.js';
import { toKey } from './own-data.js';
import { readProperty } from './properties.js';
import { describe, isForbiddenKey, kindOf, setOwn } from './values.js';

/** Puts an argument where the function finds it. */
type Bind = (value: unknown, frame: Frame) => void;

/** `(a, { b, c = 1 }, ...rest) => expression`. */
export function compileArrow(node: ArrowFunctionExpression, compiler: Compiler): Code {
  if (node.async) throw compiler.error(node, 'Functions here cannot be async');
  if (node.body.type === 'BlockStatement') {
    throw compiler.error(
      node.body,
      'A function here is one expression without braces; for an object write x => ({ ... })',
    );
  }
  const body = node.body;
  const names: string[] = [];
  const { result, levels } = compiler.inFunction(names, () => {
    const binds = node.params.map((parameter, index) => compileParameter(parameter, index, names, compiler));
    return { binds, code: compiler.compile(body) };
  });
  const { binds, code } = result;
  return (outer) =>
    new FunctionValue((args, run) => {
      run.budget.enter(levels);
      const frame = new Frame(run, [], outer);
      for (const bind of binds) bind(args, frame);
      const value = code(frame);
      run.budget.leave(levels);
      return value;
    });
}

function compileParameter(parameter: ParameterPattern, index: number, names: string[], compiler: Compiler): Bind {
  if (parameter.type === 'RestElement') {
    const bind = compilePattern(parameter.argument, names, compiler);
    return (args, frame) => bind((args as unknown[]).slice(index), frame);
  }
  const bind = compilePattern(parameter, names, compiler);
  return (args, frame) => bind((args as unknown[])[index], frame);
}

function compilePattern(pattern: ParameterPattern, names: string[], compiler: Compiler): Bind {
  compiler.nodes++;
  switch (pattern.type) {
    case 'Identifier': {
      const index = names.push(pattern.name) - 1;
      return (value, frame) => void (frame.locals[index] = value);
    }
    case 'AssignmentPattern': {
      const otherwise = compiler.compile(pattern.right);
      const bind = compilePattern(pattern.left, names, compiler);
      return (value, frame) => bind(value === undefined ? otherwise(frame) : value, frame);
    }
    case 'ArrayPattern':
      return compileListPattern(pattern.elements, names, compiler);
    case 'ObjectPattern':
      return all(compileObjectPattern(pattern.properties, names, compiler), 'object');
    default:
      throw compiler.error(pattern as AnyNode, 'This is not a parameter');
  }
}

function all(binds: readonly Bind[], wanted: 'object' | 'array'): Bind {
  return (value, frame) => {
    const kind = kindOf(value);
    const isWrong =
      wanted === 'array' ? kind !== 'array' && kind !== 'string' : kind === 'null' || kind === 'undefined';
    if (isWrong) throw new ExpressionError(`A function that takes an ${wanted} apart was given ${describe(value)}`);
    for (const bind of binds) bind(value, frame);
  };
}

function compileListPattern(elements: readonly (ParameterPattern | null)[], names: string[], compiler: Compiler): Bind {
  const binds = elements.flatMap((element, index): Bind[] => {
    if (element === null) return [];
    if (element.type === 'RestElement') {
      const rest = compilePattern(element.argument, names, compiler);
      return [(value, frame) => rest([...(value as string | unknown[])].slice(index), frame)];
    }
    const bind = compilePattern(element, names, compiler);
    return [(value, frame) => bind(readProperty(value, index, frame.run), frame)];
  });
  return all(binds, 'array');
}

type ObjectPatternPart = AssignmentProperty | Extract<ParameterPattern, { type: 'RestElement' }>;

function compileObjectPattern(properties: readonly ObjectPatternPart[], names: string[], compiler: Compiler): Bind[] {
  const taken: string[] = [];
  return properties.map((property): Bind => {
    if (property.type === 'RestElement') {
      const rest = compilePattern(property.argument, names, compiler);
      return (value, frame) => rest(withoutKeys(value, taken, frame), frame);
    }
    const key = keyOf(property, compiler);
    if (typeof key === 'string') taken.push(key);
    const bind = compilePattern(property.value, names, compiler);
    return (value, frame) => {
      const name = typeof key === 'string' ? key : toKey(key(frame), frame.run);
      bind(readProperty(value, name, frame.run), frame);
    };
  });
}

function keyOf(property: AssignmentProperty, compiler: Compiler): string | Code {
  const { key } = property;
  const name =
    key.type === 'Literal' ? String(key.value) : key.type === 'Identifier' && !property.computed ? key.name : undefined;
  if (name === undefined) return compiler.compile(key as AnyNode);
  if (isForbiddenKey(name)) throw compiler.error(property, `The name ${name} may not be used in an expression`);
  return name;
}

function withoutKeys(value: unknown, taken: readonly string[], frame: Frame): Record<string, unknown> {
  const rest: Record<string, unknown> = {};
  if (kindOf(value) !== 'object') return rest;
  const plain = value as Record<string, unknown>;
  const keys = Object.keys(plain);
  frame.run.budget.elements(keys.length);
  for (const key of keys) if (!taken.includes(key)) setOwn(rest, key, plain[key]);
  return rest;
}
