import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

export type ApprovalStatus = 'open' | 'approved' | 'rejected' | 'timeout' | 'ended';

/** A field of the form that people fill in. */
export interface ApprovalField {
  name: string;
  label: string;
  kind: 'text' | 'longtext' | 'number' | 'boolean' | 'select' | 'datetime';
  required?: boolean;
  help?: string;
  choices?: string[];
  default?: unknown;
}

export interface Decision {
  decision: 'approved' | 'rejected';
  by: string;
  at: string;
  comment?: string | null;
  /** What was filled in; who came by a link does not get it. */
  data?: unknown;
}

/** What both who signs in and who came by a link can see. */
export interface Question {
  title: string;
  message: string;
  form: ApprovalField[];
  workflowName: string;
  required: number;
  status: ApprovalStatus;
  createdAt: string;
  until: string | null;
  onTimeout: 'timeout' | 'approve' | 'reject';
  decisions: Decision[];
  mayDecide: boolean;
}

export interface Approval extends Question {
  id: string;
  runId: string;
  stepId: string;
  nodeId: string;
  workflowId: string | null;
  approvers: string[];
  endedAt: string | null;
  isForMe: boolean;
}

export interface LinkedApproval extends Question {
  /** Whom the link was made for. */
  you: string | null;
}

export interface DecisionBody {
  decision: 'approve' | 'reject';
  comment: string;
  data: Record<string, unknown> | null;
}

export const approvalsKey = ['approvals'] as const;

export function useApprovals(status: 'open' | 'done') {
  return useQuery({
    queryKey: [...approvalsKey, status],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<Page<Approval>>('/api/approvals', { query: { status, limit: 100 }, signal }),
  });
}

/** How many wait for who is signed in. */
export function useApprovalCount() {
  return useQuery({
    queryKey: [...approvalsKey, 'count'],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<{ mine: number; all: number }>('/api/approvals/count', { signal }),
  });
}

export function useApproval(id: string) {
  return useQuery({
    queryKey: [...approvalsKey, 'one', id],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<Approval>(`/api/approvals/${encodeURIComponent(id)}`, { signal }),
  });
}

export const decideApproval = (id: string, body: DecisionBody) =>
  post<Approval>(`/api/approvals/${encodeURIComponent(id)}/decide`, body);

export const linkedKey = (token: string) => ['approval-links', token] as const;

export function useLinkedApproval(token: string) {
  return useQuery({
    queryKey: linkedKey(token),
    retry: false,
    queryFn: ({ signal }) => get<LinkedApproval>(`/api/approval-links/${encodeURIComponent(token)}`, { signal }),
  });
}

export const decideByLink = (token: string, body: DecisionBody) =>
  post<LinkedApproval>(`/api/approval-links/${encodeURIComponent(token)}`, body);
