import { say, tell } from '@wfaib/sdk/sentence';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { approversIn } from '../nodes/approvers.js';
import { asTexts } from '../nodes/parameter-shapes.js';
import type { Draft, DraftNode } from './validate-document-draft.js';

/** Approvals that nobody could give: more people have to approve than are named. What expressions give is not known yet. */
export function approvalProblems({ nodes }: Draft): Problem[] {
  return nodes.filter(({ type }) => type === 'core.approval').flatMap(problemsOf);
}

function problemsOf({ id, name, parameters }: DraftNode): Problem[] {
  const { approvers, required } = parameters;
  if (typeof required !== 'number' || asTexts(approvers).some((text) => text.startsWith('='))) return [];
  const { length } = approversIn(approvers);
  if (length === 0 || required <= length) return [];
  const fault = say`"${{ name }}" needs ${{ required }} people to approve and names ${{ named: length }}. Name more of them, or ask fewer to approve.`;
  return [{ severity: 'error', code: 'parameter.invalid', nodeId: id, field: 'parameters.required', ...tell(fault) }];
}
