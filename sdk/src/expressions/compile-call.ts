import type { CallExpression, MemberExpression, NewExpression } from 'acorn';
import { compileElements } from './compile-elements.js';
import { compileKey, compileObjectOf, constantText, shortCircuit } from './compile-member.js';
import type { Compiler } from './compiler.js';
import type { Code, Evaluation, Frame } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import { FunctionValue } from './functions.js';
import { dateNamespace } from './globals/dates.js';
import { nodeView } from './globals/host-views.js';
import { toKey } from './own-data.js';
import { findMethod, methodTarget } from './properties.js';
import { describe } from './values.js';
import { Namespace } from './views.js';

type Arguments = (frame: Frame) => unknown[];

/** `$('Name')`, `object.method(…)` and `function(…)`. */
export function compileCall(node: CallExpression, compiler: Compiler): Code {
  const { callee } = node;
  if (callee.type === 'Super') throw compiler.error(node, 'There is no "super" in an expression');
  if (callee.type === 'Identifier' && callee.name === '$' && compiler.find('$') === undefined)
    return compileNode(node, compiler);
  if (callee.type === 'MemberExpression') return compileMethod(node, callee, compiler);
  const target = compiler.compile(callee);
  const args = compileElements(node.arguments, compiler, node);
  const source = compiler.source(callee);
  return (frame) => {
    frame.run.budget.step();
    const value = target(frame);
    if (value === shortCircuit) return shortCircuit;
    if (node.optional && (value === null || value === undefined)) return shortCircuit;
    return callValue(value, args(frame), source, frame.run);
  };
}

function callValue(value: unknown, args: unknown[], source: string, run: Evaluation): unknown {
  if (value instanceof FunctionValue) return value.invoke(args, run);
  if (value instanceof Namespace && value.call !== undefined) return value.call(undefined, args, run);
  throw new ExpressionError(`${source} is ${describe(value)} and cannot be called`);
}

function compileNode(node: CallExpression, compiler: Compiler): Code {
  const [argument] = node.arguments;
  const name = argument === undefined || argument.type === 'SpreadElement' ? undefined : constantText(argument);
  if (name === undefined || node.arguments.length !== 1) {
    throw compiler.error(node, "Write the name of the step as text: $('Name')");
  }
  compiler.referencedNodes.add(name);
  return (frame) => nodeView(name, false, frame.run);
}

function compileMethod(node: CallExpression, callee: MemberExpression, compiler: Compiler): Code {
  const object = compileObjectOf(callee, compiler);
  const key = compileKey(callee, compiler);
  const args = compileElements(node.arguments, compiler, node);
  const source = compiler.source(callee.object);
  return (frame) => {
    frame.run.budget.step();
    const target = object(frame);
    if (target === shortCircuit) return shortCircuit;
    if (callee.optional && (target === null || target === undefined)) return shortCircuit;
    const name = typeof key === 'string' ? key : String(toKey(key(frame), frame.run));
    return callMethod(target, name, node.optional, args, source, frame);
  };
}

function callMethod(
  target: unknown,
  name: string,
  isOptional: boolean,
  args: Arguments,
  source: string,
  frame: Frame,
): unknown {
  const method = findMethod(target, name);
  if (method !== undefined) return method.call(methodTarget(target), args(frame), frame.run);
  if (isOptional) return shortCircuit;
  if (target === null || target === undefined) {
    throw new ExpressionError(
      `${source} is ${String(target)}, so ${name}() cannot be called on it; ?.${name}() allows that`,
    );
  }
  throw new ExpressionError(`${source} is ${describe(target)}, which has no method ${name.slice(0, 60)}()`);
}

/** `new Date(…)`, and nothing else. */
export function compileNew(node: NewExpression, compiler: Compiler): Code {
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || compiler.find('Date') !== undefined) {
    throw compiler.error(node, 'Only new Date() can be made with new');
  }
  const args = compileElements(node.arguments, compiler, node);
  return (frame) => {
    frame.run.budget.step();
    return dateNamespace.construct!(undefined, args(frame), frame.run);
  };
}
