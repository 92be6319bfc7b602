import { anybody, isNamed, mayDecide, type Decider } from '../engine/control/approval-decisions.service.js';
import { verdictOf, type ApprovalDecision, type ApprovalRequest } from '../interpreter/approvals.js';
import type { ApprovalRecord } from './approvals.repository.js';
import type { ApprovalStatus, ApprovalView, LinkedApproval, ShownDecision } from './approval.types.js';

export function requestOf({ request }: ApprovalRecord): ApprovalRequest {
  return JSON.parse(request) as ApprovalRequest;
}

export function decisionsOf({ decisions }: ApprovalRecord): ApprovalDecision[] {
  return decisions.map((body) => JSON.parse(body) as ApprovalDecision);
}

/** What was decided counts from when it was taken, whether or not the run has gone on. */
export function statusOf(record: ApprovalRecord): ApprovalStatus {
  const verdict = verdictOf(requestOf(record).required, decisionsOf(record));
  if (verdict !== undefined) return verdict;
  if (record.resolved_at !== null) return record.resolved_by === 'timer' ? 'timeout' : 'ended';
  return record.ended_at === null ? 'open' : 'ended';
}

export function toView(record: ApprovalRecord, who: Decider): ApprovalView {
  const request = requestOf(record);
  const { title, message, form, approvers, required, onTimeout } = request;
  const decisions = decisionsOf(record);
  return {
    id: record.id,
    runId: record.run_id,
    stepId: record.step_key,
    nodeId: record.node_id,
    workflowId: record.workflow_id,
    workflowName: record.workflow_name,
    mode: record.mode,
    title,
    message,
    form,
    approvers,
    required,
    status: statusOf(record),
    createdAt: record.created_at,
    until: record.until,
    onTimeout,
    endedAt: record.resolved_at ?? record.ended_at,
    decisions: decisions.map(toShown),
    isForMe: isNamed(request, who) || (approvers.length === 0 && who.mayControl),
    mayDecide: isOwed(record, who) && mayDecide(request, who),
  };
}

/** Whether the approval still waits for this person, should it be asked. */
function isOwed(record: ApprovalRecord, { name }: Decider): boolean {
  return statusOf(record) === 'open' && !decisionsOf(record).some(({ by }) => by === name);
}

export function toLinked(record: ApprovalRecord, who: Decider): LinkedApproval {
  const request = requestOf(record);
  const { title, message, form, required, onTimeout } = request;
  return {
    title,
    message,
    form,
    workflowName: record.workflow_name,
    required,
    status: statusOf(record),
    createdAt: record.created_at,
    until: record.until,
    onTimeout,
    you: who === anybody ? null : who.name,
    decisions: decisionsOf(record).map(({ decision, by, at }) => ({ decision, by, at: new Date(at) })),
    mayDecide: isOwed(record, who) && mayDecide(request, who),
  };
}

function toShown({ decision, by, at, comment, data }: ApprovalDecision): ShownDecision {
  return { decision, by, at: new Date(at), comment: comment ?? null, data: data ?? null };
}
