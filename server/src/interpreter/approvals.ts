import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { RunEvent } from './run-events.types.js';
import type { VisitProgress } from './run-state.js';

/** A field of the form that people fill in when they decide. */
export interface ApprovalField {
  name: string;
  label: string;
  kind: 'text' | 'longtext' | 'number' | 'boolean' | 'select' | 'datetime';
  /** Asked for where it is approved. @defaultValue false */
  required?: boolean;
  help?: string;
  /** What can be chosen, of the kind `select`. */
  choices?: string[];
  default?: JsonValue;
}

/** What people are asked to decide, and whom. Part of the journal. */
export interface ApprovalRequest {
  title: string;
  message: string;
  /** E-mail addresses, or the names of people; empty: whoever may control runs. */
  approvers: string[];
  /** How many have to approve. One rejection rejects. */
  required: number;
  form: ApprovalField[];
  /** What the end of the time means. */
  onTimeout: 'timeout' | 'approve' | 'reject';
  /** Time between reminders, in milliseconds; absent: nobody is reminded. */
  remindMs?: number;
}

/** What one person decided. */
export interface ApprovalDecision {
  decision: 'approved' | 'rejected';
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  comment?: string;
  data?: JsonValue;
}

/** What the decisions come to so far; `undefined` where more are needed. */
export function verdictOf(
  required: number,
  decisions: readonly Pick<ApprovalDecision, 'decision'>[],
): ApprovalDecision['decision'] | undefined {
  if (decisions.some(({ decision }) => decision === 'rejected')) return 'rejected';
  return decisions.length >= required ? 'approved' : undefined;
}

/** The approval a visit waits for. */
export function approvalOf({ phase, waits }: VisitProgress): ApprovalRequest | undefined {
  if (phase !== 'waiting') return undefined;
  return waits?.find(({ kind }) => kind === 'approval')?.approval;
}

/** @returns false where nobody is asked (any more), or this person has decided before */
export function takeDecision(progress: VisitProgress, event: Extract<RunEvent, { type: 'wait.decided' }>): boolean {
  const request = approvalOf(progress);
  const before = progress.decisions ?? [];
  if (request === undefined || verdictOf(request.required, before) !== undefined) return false;
  if (before.some(({ by }) => by === event.by)) return false;
  const { decision, by, at, comment, data } = event;
  const taken = { decision, by, at, ...(comment !== undefined && { comment }), ...(data !== undefined && { data }) };
  progress.decisions = [...before, taken];
  return true;
}

/** What the items of the step carry on as `approval`: how it ended, by the person who decided last, and all decisions. */
export function approvalValue(decision: 'approved' | 'rejected', decisions: readonly ApprovalDecision[]): JsonObject {
  const told = decisions.map(toldOf);
  const last = told.findLast((each) => each['decision'] === decision);
  return { ...(last ?? nobody(decision)), decisions: told };
}

/** The same where the time was over before enough people had decided. */
export function timedOutValue(
  decision: 'approved' | 'rejected' | 'timeout',
  decisions: readonly ApprovalDecision[],
  at: number,
): JsonObject {
  const told = decisions.map(toldOf);
  return { ...nobody(decision), at: new Date(at).toISOString(), timedOut: true, decisions: told };
}

const nobody = (decision: string): JsonObject => ({ decision, comment: null, data: null, by: null, at: null });

function toldOf({ decision, comment, data, by, at }: ApprovalDecision): JsonObject {
  return { decision, comment: comment ?? null, data: data ?? null, by, at: new Date(at).toISOString() };
}
