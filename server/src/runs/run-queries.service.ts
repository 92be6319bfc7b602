import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import { Settings } from '../config/config.service.js';
import { encodeCursor, toPage, type Page } from '../http/paging.types.js';
import {
  parsed,
  toResponse,
  toStep,
  toSummary,
  toWait,
  toWaitingFor,
  type RunRecord,
  type SummaryRecord,
} from './run-rows.js';
import { withUndoLinks } from './undo-links.js';
import { RunNotFound } from './runs.errors.js';
import type { RunFilter } from './run-page-query.js';
import { RunsRepository } from './runs.repository.js';
import { StepProgressBoard } from './step-progress.service.js';
import { StepOutput } from './step-output.service.js';
import { UnknownEvent } from '../interpreter/interpreter.errors.js';
import type { RunEvent } from '../interpreter/run-events.types.js';
import { isEnded } from './run.types.js';
import type { RunHead, RunOutcome, RunResult, RunStatus, RunStep, RunSummary, RunView } from './run.types.js';

/** A part of the journal of a run. */
export interface JournalPage {
  events: { seq: number; event: RunEvent }[];
  /** The run is over and these were its last events. */
  isComplete: boolean;
}

/** A page of the list. Where `searchedTo` is set, it ends early: runs older than that are looked at by the next page. */
export interface RunPage extends Page<RunSummary> {
  searchedTo: Date | null;
}

/** What the engine wrote about the result of a run; its items are run data. */
interface StoredResult {
  step: string;
  nodeId: string;
  itemCount: number;
}

/** Reads runs for lists and pages. */
@Injectable()
export class RunQueries {
  constructor(
    private readonly runs: RunsRepository,
    private readonly settings: Settings,
    private readonly output: StepOutput,
    private readonly progress: StepProgressBoard,
  ) {}

  /** Newest first. What is asked for may be rare: a page looks at so many runs and says how far it came. */
  async list(projectId: string, filter: RunFilter, limit: number): Promise<RunPage> {
    const { records, lookedTo } = await this.runs.findPage(projectId, filter, limit + 1);
    const runs = await this.#summaries(records);
    const page = toPage(
      runs,
      limit,
      ({ id }) => ({ id }),
      (run) => run,
    );
    if (lookedTo === undefined) return { ...page, searchedTo: null };
    return { ...page, nextCursor: encodeCursor({ id: lookedTo.id }), searchedTo: lookedTo.createdAt };
  }

  async #summaries(records: SummaryRecord[]): Promise<RunSummary[]> {
    const waiting = records.filter(({ status }) => status === 'waiting' || status === 'paused');
    const waits = waiting.length === 0 ? [] : await this.runs.firstWaits(waiting.map(({ id }) => id));
    const waitOf = new Map(waits.map((wait) => [wait.run_id, wait]));
    return records.map((record) => {
      const waitingFor = toWaitingFor(record, waitOf.get(record.id));
      return { ...toSummary(record), ...(waitingFor && { waitingFor }) };
    });
  }

  /** A run with its steps. @throws RunNotFound */
  async getById(projectId: string, id: string): Promise<RunView> {
    const record = await this.getRecord(projectId, id);
    const [head, steps, result] = await Promise.all([
      this.headOf(record),
      this.runs.steps(id),
      this.resultOf(id, record.result),
    ]);
    return { ...head, result, steps: this.withProgress(id, withUndoLinks(steps.map(toStep))) };
  }

  /** All of a run but what may be large: its steps and its result. @throws RunNotFound */
  async getHead(projectId: string, id: string): Promise<RunHead> {
    return this.headOf(await this.getRecord(projectId, id));
  }

  /** A run without its steps. @throws RunNotFound */
  async getSummary(projectId: string, id: string): Promise<RunSummary> {
    return toSummary(await this.getRecord(projectId, id));
  }

  /** How a run stands, whoever owns it: for callers that hold its id from its start. @throws RunNotFound */
  async getStatus(id: string): Promise<{ status: RunStatus; result: string | null }> {
    const found = await this.findStatus(id);
    if (found === undefined) throw new RunNotFound(id);
    return found;
  }

  /** The same; `undefined` while the run is not stored. */
  findStatus(id: string): Promise<{ status: RunStatus; result: string | null } | undefined> {
    return this.runs.findStatus(id);
  }

  /** The same with the items of its result. @throws RunNotFound */
  async getOutcome(id: string): Promise<RunOutcome> {
    const { status, result } = await this.getStatus(id);
    return { status, items: (await this.resultOf(id, result))?.items ?? [] };
  }

  /** What happened to a run after event `seq`, and whether more may come. @throws RunNotFound */
  async getEvents(projectId: string, id: string, seq: number, limit: number): Promise<JournalPage> {
    // The status first: when it says that the run is over, all events are there to be read.
    const { status } = await this.getSummary(projectId, id);
    const rows = await this.runs.events(id, seq, limit);
    const events = rows.map((row) => ({ seq: row.seq, event: JSON.parse(row.data) as RunEvent }));
    return { events, isComplete: isEnded(status) && rows.length < limit };
  }

  /** The document that ran. @throws RunNotFound */
  async getDocument(projectId: string, id: string): Promise<JsonObject> {
    const { document_hash: hash } = await this.getRecord(projectId, id);
    const text = await this.runs.document(hash);
    if (text === undefined) throw new RunNotFound(id);
    return JSON.parse(text) as JsonObject;
  }

  private withProgress(runId: string, steps: RunStep[]): RunStep[] {
    const news = new Map(this.progress.of(runId).map((each) => [each.step, each]));
    if (news.size === 0) return steps;
    return steps.map((step) => {
      const told = step.status === 'running' ? news.get(step.id) : undefined;
      if (told?.attempt !== step.attempt) return step;
      const { fraction, text, at } = told;
      return { ...step, progress: { fraction, ...(text === undefined ? {} : { text }), at: new Date(at) } };
    });
  }

  private async headOf(record: RunRecord): Promise<RunHead> {
    const [waits, turn, unknown] = await Promise.all([
      this.runs.openWaits(record.id),
      record.is_held ? this.runs.turnOf(record.id) : undefined,
      isEnded(record.status) ? undefined : this.runs.unknownEvent(record.id),
    ]);
    return {
      ...toSummary(record),
      ...(turn && { turn: { reason: 'maxConcurrentRuns', ...turn } }),
      ...(unknown && { needsNewerVersion: { event: unknown, message: new UnknownEvent(unknown).message } }),
      response: toResponse(record.reply),
      waits: waits.map((wait) => toWait(wait, (token) => `${this.settings.publicUrl}/resume/${token}`)),
    };
  }

  private async getRecord(projectId: string, id: string): Promise<RunRecord> {
    const record = await this.runs.find(projectId, id);
    if (record === undefined) throw new RunNotFound(id);
    return record;
  }

  private async resultOf(runId: string, text: string | null): Promise<RunResult | null> {
    const stored = parsed(text) as StoredResult | null;
    if (stored === null) return null;
    const items = await this.output.shownItems(runId, stored.step);
    return { nodeId: stored.nodeId, itemCount: stored.itemCount, items };
  }
}
