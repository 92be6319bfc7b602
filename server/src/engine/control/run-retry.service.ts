import { Injectable } from '@nestjs/common';
import type { Item, ItemInput } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { Caller } from '../../auth/caller.types.js';
import { inputPort, inputStep, triggerKey } from '../../interpreter/step-keys.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { DocumentCheck } from '../../workflows/document-check.service.js';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunRow } from '../journal/run-row.types.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { RunNotEnded } from '../run-control.errors.js';
import type { RetryRun } from '../run-control.schemas.js';
import { RunLauncher, type LaunchedRun, type LaunchRequest } from '../run-launcher.service.js';
import { KeptJournal } from './kept-journal.service.js';
import { requireNode } from './run-start.js';

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
    private readonly runs: RunQueries,
    private readonly documents: WorkflowDocuments,
    private readonly check: DocumentCheck,
  ) {}

  /** @throws RunNotFound, RunNotEnded, RunNodeUnknown, WorkflowInvalid */
  async retry(caller: Caller, runId: string, body: RetryRun): Promise<LaunchedRun> {
    await this.runs.getSummary(caller.projectId, runId);
    const old = (await this.journal.findRun(runId))!;
    if (old.endedAt === null) throw new RunNotEnded(runId);
    const { document, version } = await this.#documentOf(old, body.version);
    if (body.from !== undefined) requireNode(document, body.from);
    const request: LaunchRequest = {
      projectId: old.projectId,
      ...(old.workflowId === null ? {} : { workflowId: old.workflowId }),
      workflowName: old.workflowName,
      ...(version === null ? {} : { version }),
      document,
      mode: old.mode,
      ...(await this.#startOf(old, body)),
      ...(old.stopAt === null ? {} : { stopAt: old.stopAt }),
      answersCaller: false,
      retryOf: old.id,
      rootRunId: old.rootRunId,
    };
    return this.#launch(request);
  }

  async #launch(request: LaunchRequest): Promise<LaunchedRun> {
    try {
      return await this.launcher.launch(request);
    } catch (error) {
      if (request.kept === undefined || (error as { code?: string }).code !== 'run.impossibleEvent') throw error;
      // What is kept does not fit the workflow: all of it is done again.
      const { kept: _, ...whole } = request;
      return this.launcher.launch(whole);
    }
  }

  /** Edited items are the input of `from`; else the run starts as the old one did, with what is kept of it. */
  async #startOf(
    old: RunRow,
    { from, items, version }: RetryRun,
  ): Promise<Pick<LaunchRequest, 'start' | 'items' | 'kept'>> {
    if (from !== undefined && items !== undefined)
      return { start: { nodeId: from, as: 'input' }, items: items as ItemInput[] };
    const first = (items as ItemInput[] | undefined) ?? (await this.#firstItems(old));
    const start = { nodeId: old.startNodeId, as: old.startAs };
    const isWhole = items !== undefined || (from === undefined && old.status === 'succeeded') || version !== undefined;
    return { start, items: first, ...(isWhole ? {} : { kept: await this.kept.of(old, from) }) };
  }

  async #firstItems(old: RunRow): Promise<ItemInput[]> {
    const { plan } = await this.programs.byHash(old.documentHash);
    const node = plan.nodes[plan.indexById.get(old.startNodeId)!]!;
    const isTrigger = old.startAs === 'trigger';
    const step = isTrigger ? triggerKey(plan, old.startNodeId) : inputStep;
    const port = isTrigger ? (node.outputs[0] ?? 'main') : inputPort;
    const items = (await this.journal.items(old.id, step, port)) ?? [];
    return items.map(({ json, files }: Item) => (files === undefined ? { json } : { json, files }));
  }

  async #documentOf(
    old: RunRow,
    which: RetryRun['version'],
  ): Promise<{ document: WorkflowDocument; version: number | null }> {
    if (which === undefined || old.workflowId === null) {
      const { document } = await this.programs.byHash(old.documentHash);
      return { document: this.check.requireRunnable(document), version: old.version };
    }
    const found = await this.documents.getRunnable(old.projectId, old.workflowId, which);
    return { document: found.document, version: found.version ?? null };
  }
}
