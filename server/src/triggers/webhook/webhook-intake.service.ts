import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import { Ids } from '../../clock/ids.service.js';
import { Admission } from '../../engine/admission/admission.service.js';
import { RunLauncher, type LaunchedRun } from '../../engine/run-launcher.service.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { isEnded, type RunStatus } from '../../runs/run.types.js';
import { checkCaller } from './caller-check.js';
import type { ArmedWebhook } from './live-documents.service.js';
import { dataAnswer, failureAnswer, replyAnswer, resultAnswer, type WebhookAnswer } from './webhook-answer.js';
import { itemOf, type WebhookCall } from './webhook-call.js';
import { RunNotSafe } from './webhook.errors.js';
import { WebhookDedupe } from './webhook-dedupe.service.js';
import { WebhookFiles } from './webhook-files.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import type { WebhookSettings } from './webhook-settings.js';

/** How often, in milliseconds, and how many times a run that is late is looked for in the database. */
const lookEveryMs = 100;
const maxLooks = 300;

/** Which webhook was called, and on whose behalf. */
export interface CalledWebhook extends ArmedWebhook {
  projectId: string;
  workflowId: string;
  workflowName: string;
  /** Absent while a draft is tried. */
  version?: number;
  mode: 'production' | 'test';
}

/** Turns a call into a run, and the run into an answer. The run goes on whatever becomes of the caller. */
@Injectable()
export class WebhookIntake {
  constructor(
    private readonly admission: Admission,
    private readonly launcher: RunLauncher,
    private readonly runs: RunQueries,
    private readonly secrets: WebhookSecrets,
    private readonly files: WebhookFiles,
    private readonly dedupe: WebhookDedupe,
    private readonly ids: Ids,
  ) {}

  /** @throws ServerBusy, WebhookRefused, WebhookMisconfigured, BodyUnreadable */
  async answer(webhook: CalledWebhook, call: WebhookCall): Promise<WebhookAnswer> {
    this.admission.check(webhook.settings.respond !== 'immediately');
    const proof = await this.authenticate(webhook, call);
    const runId = this.ids.newId();
    const { body, files } = await this.files.receive(call, runId, webhook.settings.rawBody);
    const item = itemOf(call, body, proof);
    if (Object.keys(files).length > 0) item.files = files;
    return this.answerOf(webhook, await this.start(webhook, item, runId));
  }

  private async authenticate(
    { node, projectId, settings }: CalledWebhook,
    call: WebhookCall,
  ): Promise<string | undefined> {
    if (settings.auth.kind === 'none') return undefined;
    const secret = await this.secrets.get(projectId, node.credentials?.['auth']);
    return checkCaller(settings.auth, secret, call.headers, call.body);
  }

  private start(webhook: CalledWebhook, item: ItemInput, runId: string): Promise<LaunchedRun> {
    const launch = (idempotencyKey?: string) =>
      this.launcher.launch({
        runId,
        projectId: webhook.projectId,
        workflowId: webhook.workflowId,
        workflowName: webhook.workflowName,
        ...(webhook.version === undefined ? {} : { version: webhook.version }),
        document: webhook.document,
        mode: webhook.mode,
        startedBy: 'webhook',
        start: { nodeId: webhook.node.id, as: 'trigger' },
        items: [item],
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        answersCaller: webhook.settings.respond !== 'immediately',
      });
    return webhook.settings.dedupeBy === undefined ? launch() : this.dedupe.launchOnce(webhook, item, launch);
  }

  private async answerOf({ settings }: CalledWebhook, run: LaunchedRun): Promise<WebhookAnswer> {
    const { runId } = run;
    if (settings.respond === 'immediately') return dataAnswer(runId, settings.status, { runId, status: 'pending' });
    if (settings.respond === 'lastNode') return this.lastAnswer(settings, run);
    const reply = await this.patiently(run, settings.replyTimeoutMs, (timeoutMs) => run.reply(timeoutMs), 'late');
    if (reply === 'ended') return statusAnswer(runId, (await this.runs.getStatus(runId)).status);
    if (reply === 'failed') return failureAnswer(runId);
    return 'late' in reply ? statusAnswer(runId, reply.late) : replyAnswer(runId, reply);
  }

  private async lastAnswer(settings: WebhookSettings, run: LaunchedRun): Promise<WebhookAnswer> {
    const end = await this.patiently(run, settings.replyTimeoutMs, (timeoutMs) => run.end(timeoutMs), undefined);
    if ('late' in end) return statusAnswer(run.runId, end.late);
    if (end.status !== 'succeeded') return statusAnswer(run.runId, end.status);
    return resultAnswer(run.runId, settings, end.result?.items ?? []);
  }

  /**
   * Waits up to `timeoutMs`, and on while the run is in memory only: it is not promised to anybody before its first commit.
   * @returns what came, or the status of the run that is late
   * @throws RunNotSafe
   */
  private async patiently<Outcome, Late>(
    { runId }: LaunchedRun,
    timeoutMs: number,
    wait: (timeoutMs: number) => Promise<Outcome | Late>,
    late: Late,
  ): Promise<Exclude<Outcome, Late> | { late: RunStatus }> {
    let outcome = await wait(timeoutMs);
    for (let looks = 0; outcome === late; looks++) {
      const stored = await this.runs.findStatus(runId);
      if (stored !== undefined) return { late: stored.status };
      if (looks >= maxLooks) throw new RunNotSafe(runId);
      outcome = await wait(lookEveryMs);
    }
    return outcome as Exclude<Outcome, Late>;
  }
}

/** An answer without data: the run failed (500), is over (200) or goes on (202). */
function statusAnswer(runId: string, status: RunStatus): WebhookAnswer {
  if (status === 'failed') return failureAnswer(runId);
  return dataAnswer(runId, isEnded(status) ? 200 : 202, { runId, status });
}
