import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { coreNodes } from '../nodes/core-nodes.js';
import { limitedHints } from '../nodes/did-you-mean.js';
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

function problemsOfNode(node: DraftNode, describe: DescribeNode, hint: (name: string) => string): Problem[] {
  const descriptor = describe(node.type, node.typeVersion);
  if (!descriptor) return [unknownType(node, describe, hint)];
  return [...parameterProblems(node, descriptor), ...credentialProblems(node, descriptor)];
}

function unknownType(node: DraftNode, describe: DescribeNode, hint: (name: string) => string): Problem {
  const newest = describe(node.type);
  const isVersion = newest !== undefined;
  const advice = hint(node.type) || ' Install the plugin that brings it, or remove the node.';
  const message = isVersion
    ? `"${node.name}" asks for version ${node.typeVersion} of ${node.type}; the newest here is ${newest.typeVersion}.`
    : `"${node.name}" has the type "${node.type}", which is not installed.${advice}`;
  const field = isVersion ? 'typeVersion' : 'type';
  return { severity: 'error', code: 'node.typeUnknown', nodeId: node.id, field, message };
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
    const message = `Another node has the ${field} "${value}" too. Give each its own.`;
    return [{ severity: 'error', code, nodeId: node.id, field, message }];
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
      message: `"${node.name}" needs a credential (${slot.label}). Choose or create one.`,
    }));
}
