import { Injectable } from '@nestjs/common';
import type { Item, ItemInput } from '@wfaib/sdk/items';
import { Settings } from '../../config/config.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.service.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { inputPort, startKey } from '../../interpreter/step-keys.js';
import { Variables } from '../../variables/variables.service.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunRow } from '../journal/run-row.types.js';
import { ProgramCache } from '../launcher/program-cache.js';
import type { RunProgram } from '../runner/run-memory.js';
import { CodePort } from '../steps/code-port.service.js';
import { replayRun, type ReplaySource } from './replay-run.js';
import type { ReplayedRun, WorkflowReplay } from './workflow-replay.types.js';

/** Longest that all runs of one request may take together, in milliseconds. */
const budgetMs = 60_000;

/** Tries a version on the runs there were, before it is published. */
@Injectable()
export class WorkflowReplays {
  constructor(
    private readonly database: Database,
    private readonly journal: JournalReader,
    private readonly programs: ProgramCache,
    private readonly documents: WorkflowDocuments,
    private readonly catalog: NodeCatalog,
    private readonly code: CodePort,
    private readonly variables: Variables,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Plays the newest ended production runs once more as another version, without doing anything to the outside.
   * @throws WorkflowNotFound, WorkflowVersionNotFound, WorkflowNotLive, WorkflowInvalid
   */
  async replay(
    projectId: string,
    workflowId: string,
    { version, runs }: { version: number | 'live' | 'draft'; runs: number },
  ): Promise<WorkflowReplay> {
    const found = await this.documents.getRunnable(projectId, workflowId, version);
    const now = this.programs.of(found.document);
    const until = this.clock.monotonic() + budgetMs;
    const replayed: ReplayedRun[] = [];
    for (const runId of await this.#newest(projectId, workflowId, runs)) {
      const run = await this.journal.findRun(runId);
      if (run === undefined) continue;
      replayed.push(this.clock.monotonic() < until ? await this.#one(run, now) : late(run));
    }
    const counts = { same: 0, path: 0, data: 0, unknown: 0 };
    for (const { verdict } of replayed) counts[verdict] += 1;
    return { workflowId, version: found.version ?? null, runs: replayed, counts };
  }

  /** Runs that began by themselves and came to their own end. */
  async #newest(projectId: string, workflowId: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM run WHERE project_id = $1 AND workflow_id = $2 AND mode = 'production' AND retry_of IS NULL
         AND status IN ('succeeded', 'failed') ORDER BY id DESC LIMIT $3`,
      [projectId, workflowId, limit],
    );
    return rows.map(({ id }) => id);
  }

  async #one(run: RunRow, now: RunProgram): Promise<ReplayedRun> {
    return replayRun(await this.#sourceOf(run), now, {
      describe: this.catalog.describe,
      publicUrl: this.settings.publicUrl,
      variables: await this.variables.valuesOf(run.projectId),
      runCode: (request, logs) => this.code.run(run.projectId, request, logs),
    });
  }

  /** @returns undefined where they are not kept, or so many that they are stored in chunks: no play in memory holds those */
  async #itemsOf(runId: string, step: string, port: string): Promise<readonly Item[] | undefined> {
    const found = await this.journal.items(runId, step, port);
    return found !== undefined && 'items' in found ? found.items : undefined;
  }

  async #sourceOf(run: RunRow): Promise<ReplaySource> {
    const [program, rows, events] = await Promise.all([
      this.programs.byHash(run.documentHash),
      this.journal.steps(run.id),
      this.journal.events(run.id, 0),
    ]);
    const recorded = { rows, itemsOf: (step: string, port: string) => this.#itemsOf(run.id, step, port) };
    const { start } = events[0] as Extract<RunEvent, { type: 'run.created' }>;
    const node = program.plan.nodes[program.plan.indexById.get(start.nodeId)!]!;
    const port = start.as === 'trigger' ? (node.outputs[0] ?? 'main') : inputPort;
    const items = (await recorded.itemsOf(startKey(program.plan, start), port)) ?? [];
    return { run, program, recorded, items: items.length < start.count ? undefined : items.map(withoutSource) };
  }
}

const withoutSource = ({ json, files }: Item): ItemInput => (files === undefined ? { json } : { json, files });

function late({ id, createdAt, status }: RunRow): ReplayedRun {
  const why = 'There was no time left for it. Ask for fewer runs.';
  return { runId: id, createdAt: new Date(createdAt), status, verdict: 'unknown', differences: [], why };
}
