import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import type { LaunchedRun } from '../../engine/run-launcher.service.js';
import { JobQueue } from '../../jobs/job-queue.service.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { dedupeValue } from './dedupe-value.js';
import { WebhookDedupeRepository, type DedupeKey } from './webhook-dedupe.repository.js';
import type { CalledWebhook } from './webhook-intake.service.js';

const cleanEveryMs = 3_600_000;

/**
 * Starts one run per event: within a day the same value gets the first run, running or done. A first run that failed
 * frees the value.
 */
@Injectable()
export class WebhookDedupe implements OnModuleInit {
  constructor(
    private readonly seen: WebhookDedupeRepository,
    private readonly runs: RunQueries,
    private readonly jobs: JobQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.handlesEvery(cleanEveryMs, 'webhooks.forgetOld', () => this.seen.forgetOld());
  }

  /** A value that is empty (null, nothing, no text) tells no events apart: each starts a run. */
  async launchOnce(
    webhook: CalledWebhook,
    item: ItemInput,
    launch: (idempotencyKey?: string) => Promise<LaunchedRun>,
  ): Promise<LaunchedRun> {
    const value = dedupeValue(webhook, item);
    if (value === undefined) return launch();
    const valueHash = createHash('sha256').update(`${webhook.mode}\n${value}`).digest('hex');
    const key = { workflowId: webhook.workflowId, nodeId: webhook.node.id, valueHash };
    const first = await this.launchFor(key, launch);
    if (!first.run.existing || !(await this.hasFailed(first.run.runId))) return first.run;
    await this.seen.free(key, first.since);
    return (await this.launchFor(key, launch)).run;
  }

  private async launchFor(key: DedupeKey, launch: (idempotencyKey: string) => Promise<LaunchedRun>) {
    const since = await this.seen.knownSince(key);
    const run = await launch(`webhook:${key.nodeId}:${key.valueHash}:${since}`);
    return { since, run };
  }

  private async hasFailed(runId: string): Promise<boolean> {
    const { status } = await this.runs.getStatus(runId);
    return status === 'failed' || status === 'cancelled';
  }
}
