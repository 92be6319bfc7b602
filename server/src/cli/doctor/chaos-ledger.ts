import { CommandFailed } from '../cli.errors.js';
import { endedStatuses, type ServerRun } from '../server/server-types.js';
import type { ApiClient } from '../server/api-client.js';

/** How often a request is sent again while nobody says yes, in milliseconds. */
const againMs = 200;

/** What became of the runs under one fault. */
export interface ChaosVerdict {
  fault: string;
  runs: number;
  /** Accepted runs that did not come to their end, or not to the right one. */
  lost: string[];
  /** Keys that made two runs, and steps that were done twice. */
  doubled: string[];
  /** Runs that nobody asked for. */
  ghosts: string[];
  /** Seconds from the first request to the end of the last run. */
  seconds: number;
}

/** Keeps which requests were made and what they were answered, and compares that with the runs there are. */
export class ChaosLedger {
  readonly #accepted = new Map<string, { n: number; runIds: Set<string> }>();
  readonly #startedAt = performance.now();
  #next = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly workflowId: string,
    private readonly label: string,
    private readonly deadlineMs: number,
  ) {}

  /** A number that no other request has, and its key. */
  newRequest(): { n: number; key: string } {
    const n = (this.#next += 1);
    return { n, key: `${this.label}-${n}` };
  }

  /** Sends the request until somebody says yes, as careful callers do. @returns id of the run */
  async send(request: { n: number; key: string }): Promise<string> {
    for (const end = performance.now() + this.deadlineMs; ; await pause(againMs)) {
      const answer = await this.api
        .ask<{ runId?: string; id?: string }>('POST', '/api/runs', this.bodyOf(request))
        .catch(() => undefined);
      if (answer?.ok) return this.#keep(request, answer.body.runId ?? answer.body.id!);
      if (answer && answer.status < 500 && answer.status !== 429) throw new CommandFailed(answer.code, answer.message);
      if (performance.now() > end) throw new CommandFailed('doctor.unanswered', 'Nobody takes runs any more.');
    }
  }

  bodyOf({ n, key }: { n: number; key: string }): object {
    return { workflowId: this.workflowId, version: 'draft', input: { n }, idempotencyKey: key };
  }

  #keep({ n, key }: { n: number; key: string }, runId: string): string {
    const known = this.#accepted.get(key) ?? { n, runIds: new Set() };
    this.#accepted.set(key, known);
    known.runIds.add(runId);
    return runId;
  }

  /** Waits for the end of all runs and says what became of them. */
  async judge(fault: string): Promise<ChaosVerdict> {
    const entries = [...this.#accepted];
    const found = await Promise.all(entries.map(([, { runIds }]) => this.#endOf([...runIds][0]!)));
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const asked = new Set(entries.flatMap(([, { runIds }]) => [...runIds]));
    return {
      fault,
      runs: entries.length,
      lost: entries.flatMap(([key, { n }], at) => lossOf(key, n, found[at])),
      doubled: [
        ...entries.filter(([, { runIds }]) => runIds.size > 1).map(([key]) => `${key} made several runs`),
        ...found.flatMap((run) => (run ? stepsTwice(run) : [])),
      ],
      ghosts: (await this.#runsThereAre()).filter((id) => !asked.has(id)),
      seconds,
    };
  }

  async #endOf(runId: string): Promise<ServerRun | undefined> {
    for (const end = performance.now() + this.deadlineMs; performance.now() < end; await pause(againMs)) {
      const answer = await this.api.ask<ServerRun>('GET', `/api/runs/${runId}?wait=10s`).catch(() => undefined);
      if (answer?.ok && endedStatuses.includes(answer.body.status)) return answer.body;
    }
    return undefined;
  }

  async #runsThereAre(): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ workflowId: this.workflowId, ...(cursor === '' ? {} : { cursor }) });
      const page: { items: { id: string; idempotencyKey?: string | null }[]; nextCursor: string | null } =
        await this.api.get(`/api/runs?${query.toString()}`);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return ids;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function lossOf(key: string, n: number, run: ServerRun | undefined): string[] {
  if (run === undefined) return [`${key}: its run did not end`];
  if (run.status !== 'succeeded') return [`${key}: run ${run.id} ${run.status}: ${run.error?.message ?? ''}`];
  const { twice, thrice } = run.result?.items[0]?.json ?? {};
  return twice === n * 2 && thrice === n * 3 ? [] : [`${key}: run ${run.id} came to another result`];
}

function stepsTwice({ id, steps }: ServerRun): string[] {
  const nodes = steps.map(({ nodeId }) => nodeId);
  return [...new Set(nodes)]
    .filter((nodeId) => nodes.filter((each) => each === nodeId).length > 1)
    .map((nodeId) => `run ${id} has two visits of ${nodeId}`);
}
