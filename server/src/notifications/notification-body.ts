import type { RunEventName } from '../runs/run.events.js';

/** What happened, with the run it happened to. */
export interface DueDelivery {
  id: string;
  event: RunEventName;
  created_at: Date;
  step_key: string | null;
  /** The run may have been deleted. */
  run_id: string | null;
  status: string;
  workflow_id: string | null;
  workflow_name: string;
  version: number | null;
  parent_run_id: string | null;
  run_created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  /** JSON. */
  error: string | null;
  wait_id: string | null;
  /** `ApprovalRequest` as JSON. */
  request: string | null;
  until: Date | null;
}

/** The body of a notification: never items of the run, which may hold anything. */
export function notificationBody(due: DueDelivery, publicUrl: string): string {
  const run = {
    id: due.run_id,
    url: `${publicUrl}/runs/${due.run_id}`,
    status: due.status,
    workflowId: due.workflow_id,
    workflowName: due.workflow_name,
    version: due.version,
    parentRunId: due.parent_run_id,
    createdAt: due.run_created_at,
    startedAt: due.started_at,
    endedAt: due.ended_at,
    error: due.error === null ? null : (JSON.parse(due.error) as unknown),
  };
  const data = { run, ...approvalIn(due, publicUrl) };
  return JSON.stringify({ type: due.event, timestamp: due.created_at, data });
}

function approvalIn({ wait_id: id, request, until }: DueDelivery, publicUrl: string) {
  if (id === null || request === null) return {};
  const { title, message, approvers } = JSON.parse(request) as { title: string; message: string; approvers: string[] };
  return { approval: { id, url: `${publicUrl}/approvals/${id}`, title, message, approvers, until } };
}

/** The body of a test, for an address that nothing happened for yet. */
export function testBody(now: Date): string {
  return JSON.stringify({ type: 'test', timestamp: now, data: {} });
}
