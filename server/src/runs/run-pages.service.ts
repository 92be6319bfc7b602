import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.service.js';
import type { RunEvent } from '../interpreter/run-events.types.js';
import type { LogLine } from '../nodes/core-node.types.js';
import { binned, iterationOf } from './loop-iterations.js';
import { RunPagesRepository, type NodeTotalsRecord, type StepFilter } from './run-pages.repository.js';
import type {
  PastOutput,
  LoopIterations,
  NodeTotals,
  RunLogLine,
  RunOverview,
  Slice,
  StepPlace,
  StepStory,
  Takeover,
} from './run-pages.types.js';
import { RunQueries } from './run-queries.service.js';
import { toStep, type StepRecord } from './run-rows.js';
import type { RunStatus } from './run.types.js';
import { storiesOf } from './step-stories.js';

const storyEvents = ['step.retrying', 'step.waiting', 'wait.decided', 'wait.resolved'];

/** Reads a run piece by piece: what a page shows costs the same for ten steps and for a hundred thousand. */
@Injectable()
export class RunPages {
  constructor(
    private readonly pages: RunPagesRepository,
    private readonly runs: RunQueries,
    private readonly settings: Settings,
  ) {}

  /** `forAdmin`: with the address of Temporal's own page about it. @throws RunNotFound */
  async overview(projectId: string, id: string, forAdmin: boolean): Promise<RunOverview> {
    const head = await this.runs.getHead(projectId, id);
    // The position first: a stream that goes on from there may tell again what is shown, but misses nothing.
    const position = await this.pages.position(id);
    const [nodes, handOvers, retryChain, retries, children, focus] = await Promise.all([
      this.pages.nodeTotals(id),
      this.pages.runEvents(id, 'run.handedOver'),
      this.pages.retryChainOf(id),
      this.pages.retriesOf(projectId, id),
      this.pages.childrenOf(projectId, id),
      this.pages.focus(id),
    ]);
    const temporalUrl = forAdmin && head.engine === 'temporal' ? this.temporalUrl(id, position?.epoch ?? 1) : undefined;
    return {
      ...head,
      nodes: nodes.map(toNodeTotals),
      stepCount: nodes.reduce((sum, { visits }) => sum + visits, 0),
      focus: focus === undefined ? null : toFocus(focus),
      lastSeq: position?.last_seq ?? 0,
      takeoverList: handOvers.map(toTakeover),
      retryChain,
      retries: retries.map(({ id: retry, status, created_at: createdAt }) => ({ id: retry, status, createdAt })),
      children: children.map((child) => ({
        id: child.id,
        status: child.status,
        workflowName: child.workflow_name,
        createdAt: child.created_at,
        endedAt: child.ended_at,
      })),
      ...(temporalUrl === undefined ? {} : { temporalUrl }),
    };
  }

  /** Visits in the order of their starts, entered anywhere. @throws RunNotFound */
  async steps(
    projectId: string,
    id: string,
    filter: StepFilter,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<Slice<StepStory>> {
    await this.runs.getSummary(projectId, id);
    const { rows, total } = await this.pages.steps(id, filter, offset, limit);
    const eventful = rows.filter(({ attempt, error, type }) => attempt > 1 || error !== null || pausing.has(type));
    const events = await this.pages.stepEvents(
      id,
      eventful.map(({ step_key: key }) => key),
      storyEvents,
    );
    const stories = storiesOf(events.map(({ data }) => JSON.parse(data) as RunEvent));
    const items = rows.map((row) => ({
      ...toStep(row),
      position: row.position,
      ...(stories.get(row.step_key) ?? { tries: [], pauses: [] }),
    }));
    return { items, total, offset };
  }

  /** @throws RunNotFound */
  async iterations(
    projectId: string,
    id: string,
    question: { nodes: readonly string[]; within: readonly number[]; problems: boolean; offset: number; limit: number },
  ): Promise<LoopIterations> {
    await this.runs.getSummary(projectId, id);
    const all = (await this.pages.iterations(id, question.nodes, question.within)).map(iterationOf);
    const counts: Record<string, number> = {};
    for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
    const shown = question.problems ? all.filter(({ status }) => status !== 'succeeded') : all;
    const { offset, limit } = question;
    return { items: shown.slice(offset, offset + limit), total: shown.length, offset, counts, parts: binned(all, 200) };
  }

  /** Lines of all visits that wrote some; `offset` and `limit` count visits. @throws RunNotFound */
  async logs(
    projectId: string,
    id: string,
    { nodeId, offset, limit }: { nodeId?: string | undefined; offset: number; limit: number },
  ): Promise<{ items: RunLogLine[]; nextOffset: number | null }> {
    await this.runs.getSummary(projectId, id);
    const rows = await this.pages.logs(id, nodeId, offset, limit + 1);
    const items = rows.slice(0, limit).flatMap(({ step_key: stepId, node_id, name, iteration, started_at, logs }) =>
      (JSON.parse(logs) as LogLine[]).map(({ level, text }) => ({
        stepId,
        nodeId: node_id,
        name,
        iteration: JSON.parse(iteration) as number[],
        level,
        text,
        at: started_at?.toISOString() ?? null,
      })),
    );
    return { items, nextOffset: rows.length > limit ? offset + limit : null };
  }

  /** How the newest runs of some workflows went, by workflow, newest first. */
  async recent(
    projectId: string,
    workflowIds: readonly string[],
  ): Promise<Record<string, { id: string; status: RunStatus; createdAt: Date }[]>> {
    const found: Record<string, { id: string; status: RunStatus; createdAt: Date }[]> = {};
    for (const { workflow_id, id, status, created_at: createdAt } of await this.pages.recentOf(
      projectId,
      workflowIds,
      20,
    ))
      (found[workflow_id] ??= []).push({ id, status, createdAt });
    return found;
  }

  async pastOutputs(projectId: string, workflowId: string, nodeId: string, limit: number): Promise<PastOutput[]> {
    const records = await this.pages.pastOutputs(projectId, workflowId, nodeId, limit);
    return records.map(({ run_id: runId, step_key: stepId, mode, version, ended_at: at, outputs }) => ({
      runId,
      stepId,
      mode,
      version,
      at,
      ports: JSON.parse(outputs) as Record<string, number>,
    }));
  }

  private temporalUrl(runId: string, epoch: number): string | undefined {
    const { temporalUiUrl, temporalNamespace } = this.settings;
    if (temporalUiUrl === undefined) return undefined;
    // The same name as `workflowIdOf` of the engine gives: the id of a Temporal workflow is an interface.
    const workflow = encodeURIComponent(`run:${runId}:${epoch}`);
    return `${temporalUiUrl.replace(/\/$/, '')}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${workflow}`;
  }
}

/** Types of nodes that wait for the outside. */
const pausing = new Set(['core.wait', 'core.approval']);

function toNodeTotals(record: NodeTotalsRecord): NodeTotals {
  return {
    nodeId: record.node_id,
    name: record.name,
    type: record.type,
    visits: record.visits,
    statuses: record.statuses,
    handled: record.handled,
    retried: record.retried,
    depth: record.depth,
    startedAt: record.started_at,
    endedAt: record.open > 0 ? null : record.ended_at,
    itemCounts: { in: record.items_in, out: record.items_out, error: record.items_error },
  };
}

function toFocus(record: Pick<StepRecord, 'step_key' | 'node_id' | 'iteration' | 'visit'>): StepPlace {
  const { step_key: stepId, node_id: nodeId, iteration, visit } = record;
  return { stepId, nodeId, iteration: JSON.parse(iteration) as number[], visit };
}

function toTakeover(data: string): Takeover {
  const { at, host, reason } = JSON.parse(data) as Extract<RunEvent, { type: 'run.handedOver' }>;
  return { at, host, reason };
}
