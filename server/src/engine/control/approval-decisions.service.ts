import { Injectable } from '@nestjs/common';
import type { JsonValue } from '@wfaib/sdk/items';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import { verdictOf, type ApprovalDecision, type ApprovalRequest } from '../../interpreter/approvals.js';
import { formFaults } from '../../nodes/approval-form.js';
import { WaitNotFound, WaitUsed } from '../run-control.errors.js';
import { RunWake } from '../run-wake.service.js';
import { ApprovalDecided, ApprovalDenied, ApprovalExpired, ApprovalFormInvalid } from './approval.errors.js';

/** Who decides. */
export interface Decider {
  /** E-mail address, or what else names the person; everybody counts once. */
  name: string;
  /** Other texts that stand for the person among those who are asked. @defaultValue none */
  alsoKnownAs?: readonly string[];
  /** May decide without being asked by name. */
  mayControl: boolean;
  /** Came by an address that is open to whoever has it: may decide where nobody is asked by name. @defaultValue false */
  hasToken?: boolean;
}

/** Who decides by an address that was made for nobody in particular. */
export const anybody: Decider = { name: 'somebody with the link', mayControl: false, hasToken: true };

/** Whether somebody is asked by name. */
export function isNamed({ approvers }: ApprovalRequest, { name, alsoKnownAs = [] }: Decider): boolean {
  return [name, ...alsoKnownAs].some((each) => approvers.includes(each));
}

/** Whether the decision of somebody counts. */
export function mayDecide(request: ApprovalRequest, who: Decider): boolean {
  return who.mayControl || isNamed(request, who) || (who.hasToken === true && request.approvers.length === 0);
}

export interface DecisionRequest {
  runId: string;
  step: string;
  decision: ApprovalDecision['decision'];
  comment?: string | undefined;
  data?: JsonValue | undefined;
  /** The same id is the same decision, whoever sends it again. */
  decisionId?: string | undefined;
}

interface OpenWait {
  request: string;
  until: Date | null;
  /** By the clock of the database. */
  isLate: boolean;
  isOver: boolean;
}

type StoredDecision = ApprovalDecision & { decisionId?: string };

/**
 * Takes what people decide. A decision is a row of the inbox before it is answered, whichever engine is there; the row
 * of the wait is locked meanwhile, so that of two who decide at once one is second.
 */
@Injectable()
export class ApprovalDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wakes: RunWake,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * @returns false where the same person had decided the same before: nothing changes
   * @throws WaitNotFound, WaitUsed, ApprovalDecided, ApprovalDenied, ApprovalExpired, ApprovalFormInvalid
   */
  async take(asked: DecisionRequest, decider: Decider): Promise<boolean> {
    const isNew = await this.unitOfWork.run((tx) => this.#take(tx, asked, decider));
    if (isNew) await this.wakes.wake(asked.runId);
    return isNew;
  }

  async #take(tx: Tx, asked: DecisionRequest, decider: Decider): Promise<boolean> {
    const wait = await lockWait(tx, asked);
    const request = JSON.parse(wait.request) as ApprovalRequest;
    const before = await decisionsOf(tx, asked);
    if (!mayDecide(request, decider)) throw new ApprovalDenied(request.approvers);
    if (isRepeated(before, asked, decider)) return false;
    requireOpen(request, before, wait);
    const faults = formFaults(request.form, asked.data ?? null, asked.decision === 'approved');
    if (faults.length > 0) throw new ApprovalFormInvalid(faults);
    await this.#put(tx, asked, decider);
    return true;
  }

  async #put(tx: Tx, asked: DecisionRequest, { name: by }: Decider): Promise<void> {
    const { runId, step, decision, comment, data, decisionId } = asked;
    const body: StoredDecision = {
      decision,
      by,
      at: this.clock.now(),
      ...(comment !== undefined && comment !== '' && { comment }),
      ...(data !== undefined && data !== null && { data }),
      ...(decisionId !== undefined && { decisionId }),
    };
    await tx.query(
      `INSERT INTO run_inbox (id, run_id, kind, step_key, body, dedupe) VALUES ($1, $2, 'decision', $3, $4, $5)`,
      [this.ids.newId(), runId, step, JSON.stringify(body), `decision:${step}:${by}`],
    );
  }
}

async function lockWait(tx: Tx, { runId, step }: DecisionRequest): Promise<OpenWait> {
  const [wait] = await tx.query<OpenWait[]>(
    `SELECT w.request, w.until, coalesce(w.until <= clock_timestamp(), false) AS "isLate",
       w.resolved_at IS NOT NULL OR r.ended_at IS NOT NULL AS "isOver"
     FROM run_wait w JOIN run r ON r.id = w.run_id
     WHERE w.run_id = $1 AND w.step_key = $2 AND w.kind = 'approval' FOR UPDATE OF w`,
    [runId, step],
  );
  if (wait === undefined) throw new WaitNotFound();
  return wait;
}

async function decisionsOf(tx: Tx, { runId, step }: DecisionRequest): Promise<StoredDecision[]> {
  const rows = await tx.query<{ body: string }[]>(
    `SELECT body FROM run_inbox WHERE run_id = $1 AND step_key = $2 AND kind = 'decision' ORDER BY created_at, id`,
    [runId, step],
  );
  return rows.map(({ body }) => JSON.parse(body) as StoredDecision);
}

/** @throws ApprovalDecided where this person had decided otherwise */
function isRepeated(before: readonly StoredDecision[], asked: DecisionRequest, { name }: Decider): boolean {
  const isSame = (id: string | undefined) => id !== undefined && id === asked.decisionId;
  const own = before.find(({ by, decisionId }) => by === name || isSame(decisionId));
  if (own === undefined) return false;
  if (own.decision !== asked.decision) throw new ApprovalDecided(own);
  return true;
}

function requireOpen({ required }: ApprovalRequest, before: readonly StoredDecision[], wait: OpenWait): void {
  const verdict = verdictOf(required, before);
  if (verdict !== undefined) throw new ApprovalDecided(before.findLast(({ decision }) => decision === verdict)!);
  if (wait.isLate) throw new ApprovalExpired(wait.until!);
  if (wait.isOver) throw new WaitUsed();
}
