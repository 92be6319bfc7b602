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

const seesInput = new WeakMap<PlanNode, boolean>();
/** `$input` and the list `items` in code; in templates `$input` and `$items`. */
const wholeInputInCode = /\$input\b|(?<![.\w$])items\b/;
const wholeInputInTemplates = /\$input\b|\$items\b/;

/** Whether a node looks at more of its input than the item at hand: it then needs all of it in memory. */
export function seesWholeInput(node: PlanNode): boolean {
  const known = seesInput.get(node);
  if (known !== undefined) return known;
  const { code, ...rest } = node.node.parameters;
  const sees =
    (node.type === 'core.code' && wholeInputInCode.test(String(code))) ||
    wholeInputInTemplates.test(JSON.stringify(rest));
  seesInput.set(node, sees);
  return sees;
}

const lists = /\.\s*(?:all|first|last)\s*\(|\$items\b|\$node\b/;

/** Whether a node may ask other nodes for more than the item that led to the one at hand. */
export function asksForLists({ node, type }: PlanNode): boolean {
  return type === 'core.code' || lists.test(JSON.stringify(node.parameters));
}

const seesPaired = new WeakMap<PlanNode, boolean>();
/** `.item`, `$node["Name"].json`, and whatever is looked up by a computed name. */
const paired = /\bitem\b|\$node\b|\$items?\b|\)\s*\??\.?\[/;

/** Whether the templates of a node may ask for the items that the one at hand was made from. Code sees lists only. */
export function asksForPaired(node: PlanNode): boolean {
  const known = seesPaired.get(node);
  if (known !== undefined) return known;
  const { code: _, ...rest } = node.node.parameters;
  const asks = referencedNamesOf(node).length > 0 && paired.test(JSON.stringify(rest));
  seesPaired.set(node, asks);
  return asks;
}

function namesInCode(code: unknown): string[] {
  if (typeof code !== 'string') return [];
  return [...code.matchAll(inCode)].map(([, one, two, three]) => (one ?? two ?? three ?? '').replace(/\\(.)/g, '$1'));
}
