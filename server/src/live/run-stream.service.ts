import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { RunEvent } from '../interpreter/run-events.types.js';
import { RunQueries } from '../runs/run-queries.service.js';
import { StepProgressBoard } from '../runs/step-progress.service.js';
import { RunWatch } from '../runs/run-watch.service.js';
import { formatEvent, heartbeat, heartbeatMs, type ServerSentEvent } from './server-sent-events.js';

/** Notices may be lost: a stream looks by itself this often, in milliseconds. */
const pollMs = 5_000;
const pageSize = 500;

/** The journal of a run as a stream of events, from its beginning to its end. */
@Injectable()
export class RunStream implements OnModuleDestroy {
  private isClosing = false;
  private readonly open = new Set<() => void>();

  constructor(
    private readonly runs: RunQueries,
    private readonly watch: RunWatch,
    private readonly progress: StepProgressBoard,
  ) {}

  /** Ends all streams, so that the server can close. Browsers come back to another process by themselves. */
  onModuleDestroy(): void {
    this.isClosing = true;
    for (const stop of this.open) stop();
  }

  /** Whether the run is over and has nothing after event `seq`. @throws RunNotFound */
  async isOver(projectId: string, runId: string, seq: number): Promise<boolean> {
    const { events, isComplete } = await this.runs.getEvents(projectId, runId, seq, 1);
    return isComplete && events.length === 0;
  }

  /**
   * Events after `seq`, old ones first, then as they happen; ends with the run. Between them `step.progress` says how far
   * steps are: it is no event of the journal and has no number.
   */
  async *follow(projectId: string, runId: string, seq: number): AsyncGenerator<string> {
    let last = seq;
    let heard = 0;
    let quietSince = performance.now();
    // Headers go with the first bytes: without them the browser would not know that the stream is open.
    yield heartbeat;
    while (!this.isClosing) {
      const change = this.watch.nextChange(runId, pollMs);
      this.open.add(change.stop);
      try {
        const { events, isComplete } = await this.runs.getEvents(projectId, runId, last, pageSize);
        for (const entry of events) yield formatEvent(toServerSent(entry.seq, entry.event));
        if (isComplete) return;
        last = events.at(-1)?.seq ?? last;
        const news = this.progress.of(runId, heard);
        heard = this.progress.newest;
        for (const data of news)
          yield formatEvent({ event: 'step.progress', data: { type: 'step.progress', ...data } });
        const isQuiet = events.length === 0 && performance.now() - quietSince >= heartbeatMs;
        if (isQuiet) yield heartbeat;
        if (isQuiet || events.length > 0) quietSince = performance.now();
        if (events.length < pageSize) await change.promise;
      } finally {
        this.open.delete(change.stop);
        change.stop();
      }
    }
  }
}

/** Names of events as streams have them, where the journal's is another one: what a wait or a call came to is news of its step. */
const streamNames: Partial<Record<RunEvent['type'], string>> = {
  'wait.resolved': 'step.resumed',
  'child.started': 'step.childStarted',
  'child.ended': 'step.childEnded',
};

/** A claim is the engine's own business. */
export function toServerSent(seq: number, event: RunEvent): ServerSentEvent {
  const name = streamNames[event.type] ?? event.type;
  return { id: seq, event: name, data: { ...event, claim: undefined, seq } };
}
