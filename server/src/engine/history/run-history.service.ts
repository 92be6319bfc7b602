import { Injectable } from '@nestjs/common';
import type { StepError } from '@wfaib/sdk/errors';
import { wordsOf, type Sentence } from '@wfaib/sdk/sentence';
import { UserDirectory } from '../../auth/user-directory.service.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import type { RunStep, RunSummary } from '../../runs/run.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { StepRow } from '../journal/run-row.types.js';
import { ProgramCache } from '../launcher/program-cache.js';
import type { RunProgram } from '../runner/run-memory.js';
import { sentenceOf } from './event-words.js';
import { portWords } from './port-words.js';
import { runAt, type OpenPause } from './run-at.js';
import { RunEventNotFound } from './run-history.errors.js';

/** One event of a run, for people. */
export interface HistoryEntry {
  seq: number;
  at: Date;
  type: string;
  /** The visit it is about. */
  step: { id: string; nodeId: string; name: string; iteration: number[]; attempt: number } | null;
  /** What happened, as a sentence. */
  summary: string;
  /** The summary, for those who show it in another language. */
  said: Sentence;
  error: StepError | null;
}

/** A run as it was after the event `seq`. Items of its steps are where they are now: they never change. */
export interface RunThen extends Pick<RunSummary, 'id' | 'workflowId' | 'workflowName' | 'version' | 'mode'> {
  seq: number;
  /** Seq of the newest event. */
  lastSeq: number;
  at: Date;
  status: RunSummary['status'];
  event: HistoryEntry;
  steps: RunStep[];
  waits: OpenPause[];
}

/** Reads what happened to a run, and what it was like at any moment. */
@Injectable()
export class RunHistory {
  constructor(
    private readonly runs: RunQueries,
    private readonly journal: JournalReader,
    private readonly programs: ProgramCache,
    private readonly users: UserDirectory,
  ) {}

  /** Events after `seq`, oldest first. @throws RunNotFound */
  async entries(projectId: string, runId: string, seq: number, limit: number): Promise<HistoryEntry[]> {
    const { events } = await this.runs.getEvents(projectId, runId, seq, limit);
    const program = await this.#programOf(runId);
    const whoOf = await this.#whoOf(events.map(({ event }) => event));
    return events.map((each) => entryOf(each.seq, each.event, program, whoOf));
  }

  /** @throws RunNotFound, RunEventNotFound */
  async at(projectId: string, runId: string, seq: number): Promise<RunThen> {
    const { id, workflowId, workflowName, version, mode } = await this.runs.getSummary(projectId, runId);
    const run = (await this.journal.findRun(runId))!;
    const [program, events, rows] = await Promise.all([
      this.programs.byHash(run.documentHash),
      this.journal.events(runId, 0),
      this.journal.steps(runId),
    ]);
    const event = events[seq - 1];
    if (event === undefined) throw new RunEventNotFound(runId, seq, events.length);
    const { steps, waits, status } = runAt(run, program, events.slice(0, seq), rows);
    const entry = entryOf(seq, event, program, await this.#whoOf([event]));
    return {
      id,
      workflowId,
      workflowName,
      version,
      mode,
      seq,
      lastSeq: events.length,
      at: entry.at,
      status,
      event: entry,
      waits,
      steps: steps.map(stepOf),
    };
  }

  /** Events name users by their ids. */
  async #whoOf(events: readonly RunEvent[]): Promise<(by: string) => string> {
    const named = new Set(events.flatMap((event) => ('by' in event && event.by !== undefined ? [event.by] : [])));
    const pairs = await Promise.all([...named].map(async (by) => [by, await this.users.addressOf(by)] as const));
    const addresses = new Map(pairs);
    return (by) => addresses.get(by) ?? by;
  }

  async #programOf(runId: string): Promise<RunProgram> {
    const run = await this.journal.findRun(runId);
    return this.programs.byHash(run!.documentHash);
  }
}

function entryOf(seq: number, event: RunEvent, program: RunProgram, whoOf: (by: string) => string): HistoryEntry {
  const nodeOf = (nodeId: string) => program.plan.nodes[program.plan.indexById.get(nodeId) ?? -1];
  const nameOf = (nodeId: string) => nodeOf(nodeId)?.name ?? nodeId;
  const at = 'at' in event ? event.at : event.endedAt;
  const said = sentenceOf(event, nameOf, whoOf, (nodeId, port) => portWords(nodeOf(nodeId), port));
  return {
    seq,
    at: new Date(at),
    type: event.type,
    step: 'nodeId' in event ? placeOf(event, nameOf) : null,
    summary: wordsOf(said),
    said,
    error: ('error' in event ? event.error : undefined) ?? null,
  };
}

function placeOf(
  { step, nodeId, iteration, attempt }: Extract<RunEvent, { step: string; nodeId: string }>,
  nameOf: (nodeId: string) => string,
): HistoryEntry['step'] {
  return { id: step, nodeId, name: nameOf(nodeId), iteration, attempt };
}

const date = (at: number | null) => (at === null ? null : new Date(at));

function stepOf(row: StepRow): RunStep {
  const { step, nodeId, name, type, iteration, visit, attempt, status, idempotencyKey, outputs, error } = row;
  return {
    id: step,
    nodeId,
    name,
    type,
    iteration,
    visit,
    attempt,
    status,
    startedAt: date(row.startedAt),
    endedAt: date(row.endedAt),
    idempotencyKey,
    itemCounts: { in: row.itemsIn, out: row.itemsOut },
    ports: outputs,
    error,
  };
}
