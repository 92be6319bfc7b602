import { severities, type Problem, type WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { isObject } from '../nodes/field-values.js';
import { readDraft } from './validate-document-draft.js';
import { approvalProblems } from './validate-document-approvals.js';
import { compensationProblems } from './validate-document-compensation.js';
import { graphProblems } from './validate-document-graph.js';
import { knownNodes, nodeProblems, type DescribeNode } from './validate-document-nodes.js';
import { reachProblems } from './validate-document-reach.js';
import { referenceProblems } from './validate-document-references.js';
import { checkShape } from './validate-document-shape.js';
import { webhookProblems } from './validate-document-webhooks.js';

/** Longest list of problems: a document with more is a mistake as a whole. */
const mostProblems = 1_000;

/**
 * Everything that is wrong with a document, all of it at once, whatever it is: a draft in the wrong shape is looked at as
 * far as it can be read. `document` is there when the shape is right, with all defaults filled in, and may still have errors.
 * @param describe finds the description of an installed node type
 */
export function validateDocument(
  raw: unknown,
  describe: DescribeNode,
): { document?: WorkflowDocument; problems: Problem[] } {
  const shape = checkShape(raw);
  if (!isObject(raw) || shape.isUnreadable) return { problems: shape.problems };
  const draft = readDraft(raw);
  const known = knownNodes(draft, describe);
  const all = [
    ...shape.problems,
    ...nodeProblems(draft, describe),
    ...referenceProblems(draft, known),
    ...compensationProblems(draft, known),
    ...approvalProblems(draft),
    ...webhookProblems(draft),
    ...graphProblems(draft, known),
    ...reachProblems(draft, known),
  ];
  const problems = all.length > mostProblems ? worstOf(all) : all;
  return shape.document === undefined ? { problems } : { document: shape.document, problems };
}

/** Errors before warnings before hints, as many as are told. */
function worstOf(problems: readonly Problem[]): Problem[] {
  return problems
    .toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
    .slice(0, mostProblems);
}
