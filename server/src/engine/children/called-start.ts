import type { ItemInput } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { StepFailure } from '../../nodes/core-node.types.js';
import { calledFault } from '../../nodes/core/called.node.js';
import { startOf } from '../control/run-start.js';

/**
 * The node a called document starts at: its `core.called`, else its only or manual trigger.
 * @throws StepFailure `call.noTrigger`, `call.inputRefused`
 */
export function calledStartOf(
  document: WorkflowDocument,
  items: readonly ItemInput[],
  isTrigger: (type: string) => boolean,
): string {
  const called = document.nodes.find(({ type, disabled }) => type === 'core.called' && disabled !== true);
  if (!called) return otherStartOf(document, isTrigger);
  for (const [index, { json }] of items.entries()) {
    const fault = calledFault(called.parameters, json);
    if (fault === undefined) continue;
    throw callRefused('call.inputRefused', `"${document.name}" ${fault} (item ${index}).`);
  }
  return called.id;
}

function otherStartOf(document: WorkflowDocument, isTrigger: (type: string) => boolean): string {
  try {
    return startOf(document, undefined, isTrigger).nodeId;
  } catch {
    const message = `"${document.name}" cannot be called: give it the trigger "When called" (core.called).`;
    throw callRefused('call.noTrigger', message);
  }
}

/** A call that cannot be made, and that trying again cannot help. */
export function callRefused(code: string, message: string, details?: Record<string, string>): StepFailure {
  return new StepFailure({ code, message, retryable: false, ...(details ? { details } : {}) });
}

/** Whether a text can be the id of a workflow: anything else must not get as far as the database. */
export function isWorkflowId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
