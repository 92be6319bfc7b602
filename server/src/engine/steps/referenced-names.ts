import { referencedNodes } from '@wfaib/sdk/expressions/deep';
import type { PlanNode } from '../../plan/plan.types.js';

const namesByNode = new WeakMap<PlanNode, readonly string[]>();
/** `$('Name')`, `$("Name")`, `` $(`Name`) ``, `$node["Name"]`, `$items("Name")` in the text of user code. */
const inCode = /\$(?:node\s*\[|items\s*\(|\()\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

/** Names of the nodes that a node looks at, in its templates or its code. */
export function referencedNamesOf(node: PlanNode): readonly string[] {
  const known = namesByNode.get(node);
  if (known) return known;
  const code = node.type === 'core.code' ? namesInCode(node.node.parameters['code']) : [];
  const names = [...new Set([...referencedNodes(node.node.parameters), ...code])];
  namesByNode.set(node, names);
  return names;
}

function namesInCode(code: unknown): string[] {
  if (typeof code !== 'string') return [];
  return [...code.matchAll(inCode)].map(([, one, two, three]) => (one ?? two ?? three ?? '').replace(/\\(.)/g, '$1'));
}
