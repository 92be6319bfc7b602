import type { ApprovalField, ApprovalRequest } from '../interpreter/approvals.js';

/** How an approval stands. `ended`: its run ended before anybody decided. */
export type ApprovalStatus = 'open' | 'approved' | 'rejected' | 'timeout' | 'ended';

/** What one person decided. */
export interface ShownDecision {
  decision: 'approved' | 'rejected';
  by: string;
  at: Date;
  comment: string | null;
  data: unknown;
}

/** An approval as the inbox shows it. */
export interface ApprovalView {
  id: string;
  runId: string;
  stepId: string;
  nodeId: string;
  workflowId: string | null;
  workflowName: string;
  mode: 'production' | 'test';
  title: string;
  message: string;
  form: ApprovalField[];
  approvers: string[];
  required: number;
  status: ApprovalStatus;
  createdAt: Date;
  until: Date | null;
  onTimeout: ApprovalRequest['onTimeout'];
  endedAt: Date | null;
  decisions: ShownDecision[];
  /** Whether the caller is asked by name, or may decide because nobody is. */
  isForMe: boolean;
  /** Whether the caller's decision would count. */
  mayDecide: boolean;
}

/** The same for somebody who came by a link: without the run, and without what others wrote. */
export interface LinkedApproval {
  title: string;
  message: string;
  form: ApprovalField[];
  workflowName: string;
  required: number;
  status: ApprovalStatus;
  createdAt: Date;
  until: Date | null;
  onTimeout: ApprovalRequest['onTimeout'];
  /** Whom the link was made for; null where it was made for nobody in particular. */
  you: string | null;
  decisions: Pick<ShownDecision, 'decision' | 'by' | 'at'>[];
  mayDecide: boolean;
}
