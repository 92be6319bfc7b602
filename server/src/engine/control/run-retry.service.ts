import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { Caller } from '../../auth/caller.types.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { DocumentCheck } from '../../workflows/document-check.service.js';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunRow } from '../journal/run-row.types.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { RunHasNoWorkflow, RunNotEnded } from '../run-control.errors.js';
import type { RetryRun } from '../run-control.schemas.js';
import { RunLauncher, type LaunchedRun } from '../run-launcher.service.js';
import { KeptJournal, type Kept } from './kept-journal.service.js';
import { RetryBeginning } from './retry-beginning.service.js';
import { forecastOf, type RetryForecast } from './retry-forecast.js';
import { requireNode } from './run-start.js';

/** A retry that has begun, and what it need not do again. */
export interface RetriedRun extends LaunchedRun {
  kept: Kept['report'];
}

/**
 * Retries runs: always a new run, which shares the root of the old one, so that effects keep their idempotency keys. It
 * starts from the part of the old journal that is kept: everything that does not come after the step it starts from.
 */
@Injectable()
export class RunRetry {
  constructor(
    private readonly launcher: RunLauncher,
    private readonly journal: JournalReader,
    private readonly programs: ProgramCache,
    private readonly kept: KeptJournal,
    private readonly beginnings: RetryBeginning,
    private readonly runs: RunQueries,
    private readonly documents: WorkflowDocuments,
    private readonly check: DocumentCheck,
  ) {}

  /**
   * @throws RunNotFound, RunNotEnded, RunEventNotFound, RunNodeUnknown, RunStepNotReached, RunInputNotEditable,
   * RunDataGone, RunHasNoWorkflow, WorkflowInvalid, and what finding a version throws
   */
  async retry(caller: Caller, runId: string, body: RetryRun): Promise<RetriedRun> {
    const { run, document, version, old, beginning } = await this.#prepare(caller, runId, body);
    const launched = await this.launcher.launch({
      projectId: run.projectId,
      ...(run.workflowId === null ? {} : { workflowId: run.workflowId }),
      workflowName: run.workflowName,
      ...(version === null ? {} : { version }),
      document,
      mode: run.mode,
      startedBy: 'retry',
      ...beginning,
      ...(run.stopAt === null ? {} : { stopAt: run.stopAt }),
      answersCaller: false,
      retryOf: run.id,
      rootRunId: run.rootRunId,
      keyRoot: run.keyRoot,
      depth: run.depth,
      undone: await this.kept.undone(old),
    });
    return { ...launched, kept: beginning.kept.report };
  }

  /** What a retry would keep and do again, without starting it. @throws as {@link retry} does */
  async forecast(caller: Caller, runId: string, body: RetryRun): Promise<RetryForecast> {
    const { now, version, old, beginning } = await this.#prepare(caller, runId, body);
    return { version, ...forecastOf(old, beginning.kept, now) };
  }

  async #prepare(caller: Caller, runId: string, body: RetryRun) {
    await this.runs.getSummary(caller.projectId, runId);
    const run = (await this.journal.findRun(runId))!;
    if (run.endedAt === null) throw new RunNotEnded(runId);
    const { document, version } = await this.#documentOf(run, body.version);
    if (body.from !== undefined) requireNode(document, body.from);
    const now = this.programs.of(document);
    const old = await this.kept.read(run, await this.programs.byHash(run.documentHash));
    const beginning = await this.beginnings.of(old, now, body);
    return { run, document, version, now, old, beginning };
  }

  async #documentOf(
    old: RunRow,
    which: RetryRun['version'],
  ): Promise<{ document: WorkflowDocument; version: number | null }> {
    if (which === undefined) {
      const { document } = await this.programs.byHash(old.documentHash);
      return { document: this.check.requireRunnable(document), version: old.version };
    }
    if (old.workflowId === null) throw new RunHasNoWorkflow(old.id);
    const found = await this.documents.getRunnable(old.projectId, old.workflowId, which);
    return { document: found.document, version: found.version ?? null };
  }
}
