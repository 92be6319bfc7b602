import { referencedNodes, templateProblems } from '@wfaib/sdk/expressions/deep';
import { forgottenSigns } from '@wfaib/sdk/expressions/forgotten-signs';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { limitedHints } from '../nodes/did-you-mean.js';
import type { Draft, DraftNode } from './validate-document-draft.js';
import type { KnownNode } from './validate-document-nodes.js';

type Hint = (name: string) => string;

/** What is wrong with the expressions of the nodes, and with the nodes they and other fields name. */
export function referenceProblems(draft: Draft, known: ReadonlyMap<string, KnownNode>): Problem[] {
  const ids = new Set(draft.nodes.map((node) => node.id));
  const names = new Set(draft.nodes.map((node) => node.name));
  const hints = { id: limitedHints(ids), name: limitedHints(names) };
  return [
    ...draft.nodes.flatMap((node) => [
      ...expressionProblems(node, known),
      ...unevaluated(node, known),
      ...unknownNames(node, names, hints.name, known),
      ...unknownUndo(node, ids, hints.id),
    ]),
    ...draft.groups.flatMap((group) => unknownMembers(group, ids)),
  ];
}

/** A disabled node does not evaluate anything: a wrong expression waits there until it is enabled. */
function expressionProblems(node: DraftNode, known: ReadonlyMap<string, KnownNode>): Problem[] {
  return templateProblems(withTemplates(node, known), 'parameters').map(({ path, message }) => ({
    severity: node.disabled ? 'warning' : 'error',
    code: 'expression.syntax',
    nodeId: node.id,
    field: path,
    message: `"${node.name}": ${message}.`,
  }));
}

/** What looks like an expression and is none is no mistake for sure, but seldom meant. */
function unevaluated(node: DraftNode, known: ReadonlyMap<string, KnownNode>): Problem[] {
  return forgottenSigns(withTemplates(node, known), 'parameters').map(({ path }) => ({
    severity: 'warning',
    code: 'expression.syntax',
    nodeId: node.id,
    field: path,
    message: `"${node.name}": the {{ }} is sent as it is written. Put = before the text to evaluate it.`,
  }));
}

function unknownNames(
  node: DraftNode,
  names: ReadonlySet<string>,
  hint: Hint,
  known: ReadonlyMap<string, KnownNode>,
): Problem[] {
  const parameters = withTemplates(node, known);
  return Object.entries(parameters).flatMap(([name, value]) =>
    referencedNodes(value)
      .filter((referred) => !names.has(referred))
      .map((referred) => ({
        severity: node.disabled ? 'warning' : 'error',
        code: 'node.unknownReference',
        nodeId: node.id,
        field: `parameters.${name}`,
        message: `"${node.name}" refers to the node "${referred}", which does not exist.${hint(referred)}`,
      })),
  );
}

function unknownUndo(node: DraftNode, ids: ReadonlySet<string>, hint: Hint): Problem[] {
  const { compensateWith } = node;
  if (compensateWith === undefined || ids.has(compensateWith)) return [];
  const message = `"${node.name}" is undone by the node "${compensateWith}", which does not exist.`;
  return [
    {
      severity: 'error',
      code: 'node.unknownReference',
      nodeId: node.id,
      field: 'compensateWith',
      message: message + hint(compensateWith),
    },
  ];
}

function unknownMembers(group: Draft['groups'][number], ids: ReadonlySet<string>): Problem[] {
  return group.nodes
    .filter((id) => !ids.has(id))
    .map((id) => ({
      severity: 'warning',
      code: 'node.unknownReference',
      field: 'groups',
      message: `The group "${group.id}" holds the node "${id}", which does not exist.`,
    }));
}

/** The parameters that may hold templates: user code is none, though it may begin with `=`. */
function withTemplates(node: DraftNode, known: ReadonlyMap<string, KnownNode>): Record<string, unknown> {
  const fields = known.get(node.id)?.descriptor.fields ?? {};
  const isCode = (name: string): boolean => Object.hasOwn(fields, name) && fields[name]!.kind === 'code';
  return Object.fromEntries(Object.entries(node.parameters).filter(([name]) => !isCode(name)));
}
