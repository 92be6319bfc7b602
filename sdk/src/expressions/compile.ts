import type { AnyNode, ArrayExpression, Expression, Literal, TemplateLiteral } from 'acorn';
import { compileArrow } from './compile-arrow.js';
import { compileCall, compileNew } from './compile-call.js';
import { compileElements } from './compile-elements.js';
import { compileMember, shortCircuit } from './compile-member.js';
import { compileObject } from './compile-object.js';
import { Compiler } from './compiler.js';
import { TextBuilder } from './budget.js';
import type { Code, Evaluation, Frame } from './evaluation.js';
import { roots } from './globals/roots.js';
import { binaryOperators, unaryOperators } from './operators.js';
import { Pattern } from './pattern.js';
import { isForbiddenKey, toText } from './values.js';

/** A checked expression, ready to be evaluated any number of times. */
export interface CompiledExpression {
  code: Code;
  /** Names in `$('Name')` and `$node["Name"]`. */
  referencedNodes: readonly string[];
}

/**
 * Checks an expression and turns it into closures. Kinds of syntax that are not listed here do not exist: what
 * ECMAScript adds is refused until somebody adds it here.
 * @throws ExpressionSyntaxError
 */
export function compileExpression(node: Expression, text: string): CompiledExpression {
  const compiler = new Compiler(text, compileNode);
  const code = compiler.compile(node);
  return { code, referencedNodes: [...compiler.referencedNodes] };
}

function compileNode(node: AnyNode, compiler: Compiler): Code {
  switch (node.type) {
    case 'Literal':
      return compileLiteral(node, compiler);
    case 'Identifier':
      return compileName(node, compiler);
    case 'TemplateLiteral':
      return compileTemplateLiteral(node, compiler);
    case 'MemberExpression':
      return compileMember(node, compiler);
    case 'ChainExpression': {
      const chain = compiler.compile(node.expression);
      return (frame) => {
        const value = chain(frame);
        return value === shortCircuit ? undefined : value;
      };
    }
    case 'ParenthesizedExpression':
      return compiler.compile(node.expression);
    case 'CallExpression':
      return compileCall(node, compiler);
    case 'NewExpression':
      return compileNew(node, compiler);
    case 'ArrowFunctionExpression':
      return compileArrow(node, compiler);
    case 'ArrayExpression':
      return compileList(node, compiler);
    case 'ObjectExpression':
      return compileObject(node, compiler);
    default:
      return compileOperator(node, compiler);
  }
}

function compileOperator(node: AnyNode, compiler: Compiler): Code {
  switch (node.type) {
    case 'UnaryExpression': {
      const apply = unaryOperators.get(node.operator);
      if (apply === undefined) throw compiler.error(node, `The operator ${node.operator} is not offered`);
      const value = compiler.compile(node.argument);
      return (frame) => stepped(frame.run) && apply(value(frame), frame.run);
    }
    case 'BinaryExpression': {
      const apply = binaryOperators.get(node.operator);
      if (apply === undefined) throw compiler.error(node, `The operator ${node.operator} is not offered`);
      const left = compiler.compile(node.left as Expression);
      const right = compiler.compile(node.right);
      return (frame) => stepped(frame.run) && apply(left(frame), right(frame), frame.run);
    }
    case 'LogicalExpression':
      return compileLogical(node.operator, compiler.compile(node.left), compiler.compile(node.right));
    case 'ConditionalExpression': {
      const [test, yes, no] = [node.test, node.consequent, node.alternate].map((part) => compiler.compile(part)) as [
        Code,
        Code,
        Code,
      ];
      return (frame) => stepped(frame.run) && (test(frame) ? yes(frame) : no(frame));
    }
    default:
      throw compiler.error(node, refusal(node.type));
  }
}

function stepped(run: Evaluation): true {
  run.budget.step();
  return true;
}

const reasons: Partial<Record<string, string>> = {
  AssignmentExpression: 'An expression cannot assign; it only gives a value (use === to compare)',
  UpdateExpression: 'An expression cannot assign; it only gives a value',
  ThisExpression: 'There is no "this" in an expression',
  FunctionExpression: 'Write functions as arrows, for example x => x.id',
  SequenceExpression: 'An expression gives one value; remove the comma',
  TaggedTemplateExpression: 'A template literal cannot be tagged with a function',
};

function refusal(type: string): string {
  return (
    reasons[type] ??
    `${type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} is not offered in expressions; use a code step`
  );
}

function compileLogical(operator: string, left: Code, right: Code): Code {
  if (operator === '&&') return (frame) => stepped(frame.run) && left(frame) && right(frame);
  if (operator === '||') return (frame) => stepped(frame.run) && (left(frame) || right(frame));
  return (frame) => stepped(frame.run) && (left(frame) ?? right(frame));
}

function compileLiteral(node: Literal, compiler: Compiler): Code {
  if (node.bigint != null) throw compiler.error(node, 'Numbers with n are not offered');
  if (node.regex != null) {
    const pattern = compilePattern(node, node.regex, compiler);
    return () => pattern;
  }
  const value = node.value;
  return () => value;
}

function compilePattern(node: Literal, regex: { pattern: string; flags: string }, compiler: Compiler): Pattern {
  try {
    return new Pattern(regex.pattern, regex.flags);
  } catch (error) {
    throw compiler.error(node, error instanceof Error ? error.message : 'The regular expression is not valid');
  }
}

function compileName(node: { name: string; start: number }, compiler: Compiler): Code {
  const place = compiler.find(node.name);
  if (place !== undefined) return readLocal(place.out, place.index);
  const root = roots.get(node.name);
  if (root === undefined) throw compiler.error(node, unknownName(node.name));
  return (frame) => root.read(frame.run);
}

function unknownName(name: string): string {
  if (name === '$') return "Write the name of a step: $('Name')";
  if (name === '$node') return 'Write the name of a step: $node["Name"]';
  if (isForbiddenKey(name)) return `The name ${name} may not be used in an expression`;
  return `There is no name ${name.slice(0, 60)} in expressions`;
}

function readLocal(out: number, index: number): Code {
  if (out === 0) return (frame) => frame.locals[index];
  if (out === 1) return (frame) => frame.parent!.locals[index];
  return (frame) => {
    let holder: Frame = frame;
    for (let level = 0; level < out; level++) holder = holder.parent!;
    return holder.locals[index];
  };
}

function compileTemplateLiteral(node: TemplateLiteral, compiler: Compiler): Code {
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
  const values = node.expressions.map((expression) => compiler.compile(expression));
  return (frame) => {
    stepped(frame.run);
    const text = new TextBuilder(frame.run.budget);
    text.add(texts[0]!);
    for (const [index, value] of values.entries()) {
      text.add(toText(value(frame), frame.run.budget));
      text.add(texts[index + 1]!);
    }
    return text.toString();
  };
}

function compileList(node: ArrayExpression, compiler: Compiler): Code {
  const fill = compileElements(node.elements, compiler, node);
  return (frame) => stepped(frame.run) && fill(frame);
}
