import type { RunRetention } from '@wfaib/sdk/workflow-document';
import { firstIdOf } from '../../database/run-partitions.service.js';
import type { WorkflowRetention } from '../../workflows/workflow-retention.service.js';

const dayMs = 86_400_000;

/** Ended runs with ids below it are not kept. */
export type Cutoff = string;

/** How long the runs of some workflows are kept. */
export interface RetentionRule {
  /** One workflow; without it, all that say nothing themselves, and runs of no workflow. */
  workflowId?: string;
  /** Whole days; undefined where age does not matter. */
  days: number | undefined;
  /** Undefined where their number does not matter. */
  runs: number | undefined;
}

/** The rule of the installation first, then those of workflows. 0 days or runs are no limit. */
export function retentionRules(
  installation: { days: number; runs: number },
  workflows: readonly WorkflowRetention[],
): [RetentionRule, ...RetentionRule[]] {
  return [limitsOf(installation), ...workflows.map((each) => ({ workflowId: each.workflowId, ...limitsOf(each) }))];
}

function limitsOf({ days = 0, runs = 0 }: RunRetention): Pick<RetentionRule, 'days' | 'runs'> {
  return { days: days === 0 ? undefined : days, runs: runs === 0 ? undefined : runs };
}

/** Where the runs begin that are young enough; `now` in milliseconds since 1970. */
export function ageCutoff({ days }: RetentionRule, now: number): Cutoff | undefined {
  return days === undefined ? undefined : firstIdOf(Math.max(0, now - days * dayMs));
}

/** The stricter of two. */
export function laterCutoff(one: Cutoff | undefined, other: Cutoff | undefined): Cutoff | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
