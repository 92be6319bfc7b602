import { Injectable } from '@nestjs/common';
import { DataStore } from '../../data/data-store.service.js';
import { RunPartitions, type RunPartitionSet } from '../../database/run-partitions.service.js';
import { UnitOfWork } from '../../database/unit-of-work.service.js';
import { Log } from '../../logging/logger.service.js';
import { RunRemovalRepository } from '../run-removal.repository.js';
import { ageCutoff, laterCutoff, type Cutoff, type RetentionRule } from './retention-limits.js';
import { isKeptByWorkflow, isNeeded, RetentionRepository } from './retention.repository.js';

const batchSize = 500;
/** What PostgreSQL answers where a lock was not to be had in time. */
const lockNotAvailable = '55P03';

/** Removes ended runs that are too old, or too many. */
@Injectable()
export class ExpiredRuns {
  constructor(
    private readonly partitions: RunPartitions,
    private readonly retention: RetentionRepository,
    private readonly removal: RunRemovalRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: DataStore,
    private readonly log: Log,
  ) {}

  /**
   * Weeks that are over as a whole are dropped; what is left of a week that holds something to keep, and what is one too
   * many, goes row by row.
   * @param rules that of the installation first
   */
  async remove(
    [installation, ...workflows]: readonly [RetentionRule, ...RetentionRule[]],
    now: number,
    signal: AbortSignal,
  ): Promise<{ runs: number; partitions: number }> {
    const others = workflows.map(({ workflowId }) => workflowId!);
    const own: (readonly [RetentionRule, Cutoff | undefined])[] = [];
    for (const rule of workflows) {
      const cutoff = laterCutoff(ageCutoff(rule, now), await this.retention.oldestOfNewest(rule, others));
      own.push([rule, cutoff]);
    }
    const age = ageCutoff(installation, now);
    const count = await this.retention.oldestOfNewest(installation, others);
    const limit = laterCutoff(age, count);
    const sets = await this.partitions.list();
    const dropped =
      limit === undefined
        ? []
        : await this.#drop(
            sets,
            limit,
            others,
            own.map(([, cutoff]) => cutoff),
          );
    // By age runs go with their week: what is younger than that stays for now.
    const week = age && (sets.find(({ from, to }) => from < age && to > age)?.from ?? age);
    let runs = dropped.reduce((sum, each) => sum + each, 0);
    for (const [rule, cutoff] of [[installation, laterCutoff(week, count)] as const, ...own])
      if (cutoff !== undefined) runs += await this.#deleteRows(rule, others, cutoff, signal);
    return { runs, partitions: dropped.length };
  }

  /** @returns the runs of each set that was dropped */
  async #drop(
    sets: readonly RunPartitionSet[],
    limit: Cutoff,
    workflows: readonly string[],
    cutoffs: readonly (Cutoff | undefined)[],
  ): Promise<number[]> {
    const dropped: number[] = [];
    for (const set of sets.filter(({ to }) => to <= limit)) {
      try {
        const parameters = [workflows, cutoffs.map((cutoff) => cutoff ?? null)];
        const runs = await this.partitions.drop(set, `${isNeeded} OR ${isKeptByWorkflow}`, parameters);
        if (runs !== undefined) dropped.push(runs);
      } catch (error) {
        if ((error as { code?: string }).code !== lockNotAvailable) throw error;
        this.log.info(
          { partitions: [...set.names.values()] },
          'Old partitions are in use; they go with the next round',
        );
      }
    }
    return dropped;
  }

  async #deleteRows(
    rule: RetentionRule,
    others: readonly string[],
    cutoff: Cutoff,
    signal: AbortSignal,
  ): Promise<number> {
    for (let runs = 0; ;) {
      const ids = await this.unitOfWork.run(async (tx) => {
        const expired = await this.retention.lockExpired(tx, rule, others, cutoff, batchSize);
        if (expired.length > 0) await this.removal.delete(tx, expired);
        return expired;
      });
      runs += ids.length;
      if (ids.length > 0) await this.store.removeRuns(ids);
      if (ids.length < batchSize || signal.aborted) return runs;
    }
  }
}
