import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import type { Tx } from '../../database/unit-of-work.service.js';
import { goingRelative, openUndo } from '../run-removal.repository.js';
import type { Cutoff, RetentionRule } from './retention-limits.js';

/**
 * Whatever its age, a run `r` is kept while it goes, while one that may read its data goes, while a person is asked about
 * it, and as long as a repeated event is to meet it (24 hours).
 */
export const isNeeded = `(r.ended_at IS NULL
  OR EXISTS (${openUndo})
  OR (r.idempotency_key IS NOT NULL AND r.created_at > now() - interval '24 hours')
  OR EXISTS (${goingRelative}))`;

/** Whether a run of a workflow with a rule of its own is kept by it. $1 holds the workflows, $2 their cutoffs. */
export const isKeptByWorkflow = `EXISTS (SELECT 1 FROM unnest($1::uuid[], $2::uuid[]) AS own (workflow_id, cutoff)
  WHERE own.workflow_id = r.workflow_id AND (own.cutoff IS NULL OR r.id >= own.cutoff))`;

/** Finds what need not be kept. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** The oldest of the newest `count` ended runs of a rule; undefined where there are not more. */
  async oldestOfNewest(rule: RetentionRule, others: readonly string[]): Promise<Cutoff | undefined> {
    if (rule.runs === undefined) return undefined;
    const [row] = await this.database.query<{ id: string }>(
      `SELECT id FROM run r WHERE ended_at IS NOT NULL AND ${ofRule(rule)} ORDER BY id DESC OFFSET $2 LIMIT 1`,
      [rule.workflowId ?? others, rule.runs - 1],
    );
    return row?.id;
  }

  /** Ended runs of a rule that are below its cutoff, oldest first, held until the transaction ends. */
  async lockExpired(
    tx: Tx,
    rule: RetentionRule,
    others: readonly string[],
    cutoff: Cutoff,
    limit: number,
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT r.id FROM run r WHERE r.id < $2::uuid AND r.ended_at IS NOT NULL AND ${ofRule(rule)} AND NOT ${isNeeded}
       ORDER BY r.id LIMIT $3 FOR UPDATE OF r SKIP LOCKED`,
      [rule.workflowId ?? others, cutoff, limit],
    );
    return rows.map(({ id }) => id);
  }
}

/** $1 is the workflow of the rule, or all workflows that have a rule of their own. */
function ofRule({ workflowId }: RetentionRule): string {
  return workflowId === undefined
    ? '(r.workflow_id IS NULL OR r.workflow_id <> ALL($1::uuid[]))'
    : 'r.workflow_id = $1::uuid';
}
