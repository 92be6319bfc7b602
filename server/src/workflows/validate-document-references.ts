import { referencedNodes, templateProblems } from '@wfaib/sdk/expressions/deep';
import { forgottenSigns } from '@wfaib/sdk/expressions/forgotten-signs';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell } from '@wfaib/sdk/sentence';
import { limitedHints, type Hint } from '../nodes/did-you-mean.js';
import type { Draft, DraftNode } from './validate-document-draft.js';
import { withTemplates, type KnownNode } from './validate-document-nodes.js';

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
    ...tell(say`"${{ name: node.name }}": ${{ reason: message }}.`),
  }));
}

/** What looks like an expression and is none is no mistake for sure, but seldom meant. */
function unevaluated(node: DraftNode, known: ReadonlyMap<string, KnownNode>): Problem[] {
  return forgottenSigns(withTemplates(node, known), 'parameters').map(({ path }) => ({
    severity: 'warning',
    code: 'expression.syntax',
    nodeId: node.id,
    field: path,
    ...tell(say`"${{ name: node.name }}": the {{ }} is sent as it is written. Put = before the text to evaluate it.`),
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
        ...tell(
          say`"${{ name: node.name }}" refers to the node "${{ referred }}", which does not exist.${{ advice: hint(referred) }}`,
        ),
      })),
  );
}

function unknownUndo(node: DraftNode, ids: ReadonlySet<string>, hint: Hint): Problem[] {
  const { compensateWith } = node;
  if (compensateWith === undefined || ids.has(compensateWith)) return [];
  const [undoer, advice] = [compensateWith, hint(compensateWith)];
  return [
    {
      severity: 'error',
      code: 'node.unknownReference',
      nodeId: node.id,
      field: 'compensateWith',
      ...tell(say`"${{ name: node.name }}" is undone by the node "${{ undoer }}", which does not exist.${{ advice }}`),
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
      ...tell(say`The group "${{ group: group.id }}" holds the node "${{ id }}", which does not exist.`),
    }));
}
