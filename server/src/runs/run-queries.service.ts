import { Injectable } from '@nestjs/common';
import type { Item, JsonObject } from '@wfaib/sdk/items';
import { Settings } from '../config/config.service.js';
import { parsed, toResponse, toStep, toSummary, toWait, type RunRecord } from './run-rows.js';
import { RunNotFound } from './runs.errors.js';
import { RunsRepository, type RunFilter } from './runs.repository.js';
import type { RunOutcome, RunResult, RunSummary, RunView } from './run.types.js';

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
  ) {}

  /** Newest first. */
  async list(projectId: string, filter: RunFilter, limit: number): Promise<RunSummary[]> {
    return (await this.runs.findPage(projectId, filter, limit)).map(toSummary);
  }

  /** A run with its steps. @throws RunNotFound */
  async getById(projectId: string, id: string): Promise<RunView> {
    const record = await this.getRecord(projectId, id);
    const [steps, waits, result] = await Promise.all([
      this.runs.steps(id),
      this.runs.openWaits(id),
      this.resultOf(id, record.result),
    ]);
    return {
      ...toSummary(record),
      result,
      response: toResponse(record.reply),
      waits: waits.map((wait) => toWait(wait, (token) => `${this.settings.publicUrl}/resume/${token}`)),
      steps: steps.map(toStep),
    };
  }

  /** A run without its steps. @throws RunNotFound */
  async getSummary(projectId: string, id: string): Promise<RunSummary> {
    return toSummary(await this.getRecord(projectId, id));
  }

  /** How a run stands, whoever owns it: for callers that hold its id from its start. @throws RunNotFound */
  async getOutcome(id: string): Promise<RunOutcome> {
    const found = await this.runs.findStatus(id);
    if (found === undefined) throw new RunNotFound(id);
    return { status: found.status, items: (await this.resultOf(id, found.result))?.items ?? [] };
  }

  /** The document that ran. @throws RunNotFound */
  async getDocument(projectId: string, id: string): Promise<JsonObject> {
    const { document_hash: hash } = await this.getRecord(projectId, id);
    const text = await this.runs.document(hash);
    if (text === undefined) throw new RunNotFound(id);
    return JSON.parse(text) as JsonObject;
  }

  private async getRecord(projectId: string, id: string): Promise<RunRecord> {
    const record = await this.runs.find(projectId, id);
    if (record === undefined) throw new RunNotFound(id);
    return record;
  }

  private async resultOf(runId: string, text: string | null): Promise<RunResult | null> {
    const stored = parsed<StoredResult>(text);
    if (stored === null) return null;
    const data = await this.runs.data(runId, stored.step);
    const items = [...data.values()].flatMap((body) => JSON.parse(body) as Item[]);
    return { nodeId: stored.nodeId, itemCount: stored.itemCount, items };
  }
}
