import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { say, tell } from '@wfaib/sdk/sentence';
import { coreNodes } from '../nodes/core-nodes.js';
import { limitedHints, type Hint } from '../nodes/did-you-mean.js';
import { parameterProblems } from '../nodes/parameters.js';
import { isEmptyValue, isShown } from '../nodes/shown-fields.js';
import type { Draft, DraftNode } from './validate-document-draft.js';

/** Finds the description of a node type, the newest version where none is asked for. */
export type DescribeNode = (type: string, version?: number) => NodeDescriptor | undefined;

/** A node whose type is installed. */
export interface KnownNode {
  node: DraftNode;
  descriptor: NodeDescriptor;
}

/** The nodes whose types are installed, by id (the first where an id is used twice). */
export function knownNodes(draft: Draft, describe: DescribeNode): Map<string, KnownNode> {
  const known = new Map<string, KnownNode>();
  for (const node of draft.nodes) {
    const descriptor = describe(node.type, node.typeVersion);
    if (descriptor && !known.has(node.id)) known.set(node.id, { node, descriptor });
  }
  return known;
}

/** What is wrong with each node by itself: its names, type, parameters, credentials. */
export function nodeProblems(draft: Draft, describe: DescribeNode): Problem[] {
  const hint = limitedHints(coreNodes.keys());
  return [
    ...duplicates(draft.nodes, 'id', 'node.duplicateId'),
    ...duplicates(draft.nodes, 'name', 'node.duplicateName'),
    ...draft.nodes.flatMap((node) => problemsOfNode(node, describe, hint)),
  ];
}

function problemsOfNode(node: DraftNode, describe: DescribeNode, hint: Hint): Problem[] {
  const descriptor = describe(node.type, node.typeVersion);
  if (!descriptor) return [unknownType(node, describe, hint)];
  return [...parameterProblems(node, descriptor), ...credentialProblems(node, descriptor), ...outdated(node, describe)];
}

/** A step stays at its version until somebody replaces it; `describe` without one finds the newest. */
function outdated({ id, name, type, typeVersion }: DraftNode, describe: DescribeNode): Problem[] {
  const newest = describe(type)?.typeVersion;
  if (typeVersion === undefined || newest === undefined || newest <= typeVersion) return [];
  const fault = say`"${{ name }}" uses version ${{ version: typeVersion }} of ${{ type }}; version ${{ newest }} is installed too. It runs as it is.`;
  return [{ severity: 'info', code: 'node.outdated', nodeId: id, field: 'typeVersion', ...tell(fault) }];
}

function unknownType(node: DraftNode, describe: DescribeNode, hint: Hint): Problem {
  const newest = describe(node.type);
  const isVersion = newest !== undefined;
  const advice = hint(node.type) || say` Install the plugin that brings it, or remove the node.`;
  const { name, type, typeVersion: version = 0 } = node;
  const fault = isVersion
    ? say`"${{ name }}" asks for version ${{ version }} of ${{ type }}; the newest here is ${{ newest: newest.typeVersion }}.`
    : say`"${{ name }}" has the type "${{ type }}", which is not installed.${{ advice }}`;
  const field = isVersion ? 'typeVersion' : 'type';
  return { severity: 'error', code: 'node.typeUnknown', nodeId: node.id, field, ...tell(fault) };
}

function duplicates(
  nodes: readonly DraftNode[],
  field: 'id' | 'name',
  code: 'node.duplicateId' | 'node.duplicateName',
): Problem[] {
  const seen = new Set<string>();
  return nodes.flatMap((node): Problem[] => {
    const value = node[field];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    const fault =
      field === 'id'
        ? say`Another node has the id "${{ value }}" too. Give each its own.`
        : say`Another node has the name "${{ value }}" too. Give each its own.`;
    return [{ severity: 'error', code, nodeId: node.id, field, ...tell(fault) }];
  });
}

function credentialProblems(node: DraftNode, descriptor: NodeDescriptor): Problem[] {
  const slots = (descriptor.credentials ?? []).filter((slot) =>
    isShown(slot.showWhen, node.parameters, descriptor.fields),
  );
  return slots
    .filter((slot) => slot.required && !node.disabled && isEmptyValue(node.credentials[slot.slot]))
    .map((slot) => ({
      severity: 'error',
      code: 'credential.missing',
      nodeId: node.id,
      field: `credentials.${slot.slot}`,
      ...tell(
        say`"${{ name: node.name }}" needs a credential (${{ slot: { text: slot.label } }}). Choose or create one.`,
      ),
    }));
}

/** The parameters that may hold templates: user code is none, though it may begin with `=`. */
export function withTemplates(node: DraftNode, known: ReadonlyMap<string, KnownNode>): Record<string, unknown> {
  const fields = known.get(node.id)?.descriptor.fields ?? {};
  const isCode = (name: string): boolean => Object.hasOwn(fields, name) && fields[name]!.kind === 'code';
  return Object.fromEntries(Object.entries(node.parameters).filter(([name]) => !isCode(name)));
}
