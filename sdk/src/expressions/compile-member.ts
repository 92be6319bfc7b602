import type { Expression, MemberExpression } from 'acorn';
import type { Compiler } from './compiler.js';
import type { Code } from './evaluation.js';
import { nodeView } from './globals/host-views.js';
import { toKey } from './own-data.js';
import { readProperty } from './properties.js';
import { isForbiddenKey } from './values.js';

/** Travels up a chain with `?.` whose start was missing; never seen outside the chain. */
export const shortCircuit = Object.freeze({ shortCircuit: true });

/** `object.name`, `object[key]`, and the same with `?.`; a property of null or undefined is undefined. */
export function compileMember(node: MemberExpression, compiler: Compiler): Code {
  const legacy = compileLegacyNode(node, compiler);
  if (legacy !== undefined) return legacy;
  const object = compileObjectOf(node, compiler);
  const key = compileKey(node, compiler);
  if (typeof key === 'function') {
    return (frame) => {
      frame.run.budget.step();
      const target = object(frame);
      if (target === shortCircuit) return shortCircuit;
      if (target === null || target === undefined) return node.optional ? shortCircuit : undefined;
      return readProperty(target, toKey(key(frame), frame.run), frame.run);
    };
  }
  const optional = node.optional;
  return (frame) => {
    frame.run.budget.step();
    const target = object(frame);
    if (target === shortCircuit) return shortCircuit;
    if (target === null || target === undefined) return optional ? shortCircuit : undefined;
    return readProperty(target, key, frame.run);
  };
}

export function compileObjectOf(node: MemberExpression, compiler: Compiler): Code {
  if (node.object.type === 'Super') throw compiler.error(node, 'There is no "super" in an expression');
  return compiler.compile(node.object);
}

/** The name of the property where it is written out, else code that gives it. */
export function compileKey(node: MemberExpression, compiler: Compiler): string | Code {
  const name = literalKey(node, compiler);
  if (name === undefined) return compiler.compile(node.property as Expression);
  if (isForbiddenKey(name)) throw compiler.error(node.property, `The name ${name} may not be used in an expression`);
  return name;
}

function literalKey(node: MemberExpression, compiler: Compiler): string | undefined {
  const { property } = node;
  if (property.type === 'PrivateIdentifier') throw compiler.error(property, 'Private names are not offered');
  if (!node.computed) return property.type === 'Identifier' ? property.name : undefined;
  return constantText(property);
}

/** The text of a literal that is always the same. */
export function constantText(node: Expression): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** `$node["Name"]` and `$node.Name`. */
function compileLegacyNode(node: MemberExpression, compiler: Compiler): Code | undefined {
  if (node.object.type !== 'Identifier' || node.object.name !== '$node' || compiler.find('$node') !== undefined)
    return undefined;
  const name = literalKey(node, compiler);
  if (name === undefined) throw compiler.error(node, 'Write the name of the step as text: $node["Name"]');
  compiler.referencedNodes.add(name);
  return (frame) => nodeView(name, true, frame.run);
}
