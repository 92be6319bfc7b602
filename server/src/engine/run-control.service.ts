import { Injectable } from '@nestjs/common';
import type { ItemInput } from '@wfaib/sdk/items';
import type { Caller } from '../auth/caller.types.js';
import { Clock } from '../clock/clock.service.js';
import { RunQueries } from '../runs/run-queries.service.js';
import { isEnded, type RunView } from '../runs/run.types.js';
import { NodeCatalog } from '../workflows/node-catalog.service.js';
import { WorkflowDocuments, type RunnableWorkflow } from '../workflows/workflow-documents.service.js';
import { Admission } from './admission/admission.service.js';
import { ForceStop } from './control/force-stop.service.js';
import { RunInbox } from './control/run-inbox.service.js';
import type { RetryForecast } from './control/retry-forecast.js';
import { RunRetry, type RetriedRun } from './control/run-retry.service.js';
import { inputHashOf, itemsOf, itemsOfNothing, requireNode, startOf } from './control/run-start.js';
import { WaitTokens } from './control/wait-tokens.service.js';
import { RunAlreadyEnded, WaitUsed } from './run-control.errors.js';
import type { RetryRun, StartRun } from './run-control.schemas.js';
import { RunLauncher, type LaunchedRun } from './run-launcher.service.js';

/** Starts, stops and retries runs on behalf of people and programs. */
@Injectable()
export class RunControl {
  constructor(
    private readonly admission: Admission,
    private readonly launcher: RunLauncher,
    private readonly retries: RunRetry,
    private readonly inbox: RunInbox,
    private readonly force: ForceStop,
    private readonly tokens: WaitTokens,
    private readonly runs: RunQueries,
    private readonly documents: WorkflowDocuments,
    private readonly catalog: NodeCatalog,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a run of a workflow or of a document.
   * @throws ServerBusy, WorkflowInvalid, WorkflowNotLive, RunTriggerAmbiguous, RunNodeUnknown, RunKeyReused
   */
  async start(caller: Caller, body: StartRun): Promise<LaunchedRun & { workflowId: string | null }> {
    this.admission.check(false);
    const { workflowId, name, version, document } = await this.#documentOf(caller, body);
    if (body.stopAt !== undefined) requireNode(document, body.stopAt);
    const isTrigger = (type: string) => this.catalog.describe(type)?.isTrigger === true;
    const start = startOf(document, body.startAt, isTrigger);
    const run = await this.launcher.launch({
      projectId: caller.projectId,
      ...(workflowId === undefined ? {} : { workflowId }),
      workflowName: name,
      ...(version === undefined ? {} : { version }),
      document,
      mode: body.mode,
      startedBy: caller.via === 'session' ? 'manual' : 'api',
      start,
      items: body.input ? itemsOf(body.input) : itemsOfNothing(document, start, body.mode, this.clock.now()),
      ...(body.stopAt === undefined ? {} : { stopAt: body.stopAt }),
      ...(body.idempotencyKey === undefined ? {} : { idempotencyKey: body.idempotencyKey }),
      inputHash: inputHashOf(body),
      answersCaller: false,
    });
    return { ...run, workflowId: workflowId ?? null };
  }

  /** Asks a run to end. What runs is aborted, what waits is dropped, what was done is undone. @throws RunNotFound, RunAlreadyEnded */
  async cancel(caller: Caller, runId: string): Promise<RunView> {
    await this.#requireOpen(caller, runId);
    await this.inbox.put(runId, { kind: 'cancel', step: null, body: { by: caller.userId } }, 'cancel');
    return this.runs.getById(caller.projectId, runId);
  }

  /** Ends a run at once: nothing is waited for, nothing undone. @throws RunNotFound, RunAlreadyEnded */
  async forceStop(caller: Caller, runId: string): Promise<RunView> {
    await this.#requireOpen(caller, runId);
    await this.force.stop(runId, caller.userId);
    return this.runs.getById(caller.projectId, runId);
  }

  /** Starts a new run on what is to be kept of an ended one. @throws RunNotFound, RunNotEnded, RunNodeUnknown */
  retry(caller: Caller, runId: string, body: RetryRun): Promise<RetriedRun> {
    return this.retries.retry(caller, runId, body);
  }

  /** What such a new run would keep and do again. @throws as {@link retry} does */
  forecastRetry(caller: Caller, runId: string, body: RetryRun): Promise<RetryForecast> {
    return this.retries.forecast(caller, runId, body);
  }

  /**
   * Ends a wait for a call from outside, also before it is reached. The token is the proof; it works once.
   * @throws WaitNotFound, WaitUsed
   */
  async resumeWait(token: string, items: ItemInput[]): Promise<{ runId: string }> {
    const { run, step } = await this.tokens.readCall(token);
    const isFirst = step
      ? await this.inbox.resume(run.id, step, items)
      : await this.inbox.put(run.id, { kind: 'resume', step: null, body: { items } }, 'resume');
    if (!isFirst) throw new WaitUsed();
    return { runId: run.id };
  }

  async #requireOpen(caller: Caller, runId: string): Promise<{ status: RunView['status'] }> {
    const run = await this.runs.getSummary(caller.projectId, runId);
    if (isEnded(run.status)) throw new RunAlreadyEnded(runId, run.status);
    return run;
  }

  async #documentOf(
    caller: Caller,
    body: StartRun,
  ): Promise<Omit<RunnableWorkflow, 'workflowId'> & { workflowId?: string }> {
    if (body.workflowId !== undefined) {
      return this.documents.getRunnable(caller.projectId, body.workflowId, body.version ?? 'live');
    }
    const document = await this.documents.requireRunnable(caller.projectId, body.document);
    return { name: document.name, document };
  }
}
