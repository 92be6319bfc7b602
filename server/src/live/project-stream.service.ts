import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventBus } from '../events/event-bus.service.js';
import { runChangedChannel, type RunChanged } from '../runs/run.events.js';
import { formatEvent, heartbeat, heartbeatMs } from './server-sent-events.js';

/** Changes of one run within this time are told once, in milliseconds. */
const gatherMs = 200;

/** What a browser has not been told yet. */
class Backlog {
  private readonly changes = new Map<string, RunChanged>();
  private hasGap = false;
  private wake: () => void = () => undefined;

  add(change: RunChanged): void {
    this.changes.set(change.runId, change);
    this.wake();
  }

  addGap(): void {
    this.hasGap = true;
    this.wake();
  }

  /** Returns when there is news, when it is woken, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (this.changes.size > 0 || this.hasGap) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  stop(): void {
    this.wake();
  }

  take(): string[] {
    const texts = [...this.changes.values()].map(({ runId, workflowId, status, mode, seq }) =>
      formatEvent({ event: 'run.changed', data: { runId, workflowId, status, mode, seq } }),
    );
    if (this.hasGap) texts.push(formatEvent({ event: 'gap', data: {} }));
    this.changes.clear();
    this.hasGap = false;
    return texts;
  }
}

/** One stream per browser tab: which runs of the project changed. `gap` says that something may have been missed. */
@Injectable()
export class ProjectStream implements OnModuleDestroy {
  private isClosing = false;
  private readonly open = new Set<Backlog>();

  constructor(private readonly bus: EventBus) {}

  onModuleDestroy(): void {
    this.isClosing = true;
    for (const backlog of this.open) backlog.stop();
  }

  async *follow(projectId: string): AsyncGenerator<string> {
    const backlog = new Backlog();
    this.open.add(backlog);
    const stops = [
      this.bus.subscribe<RunChanged>(runChangedChannel, (change) => {
        if (change.projectId === projectId) backlog.add(change);
      }),
      this.bus.onGap(() => backlog.addGap()),
    ];
    try {
      yield heartbeat;
      while (!this.isClosing) yield* this.next(backlog);
    } finally {
      for (const stop of stops) stop();
      this.open.delete(backlog);
    }
  }

  private async *next(backlog: Backlog): AsyncGenerator<string> {
    await backlog.wait(heartbeatMs);
    if (this.isClosing) return;
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    const texts = backlog.take();
    yield texts.length === 0 ? heartbeat : texts.join('');
  }
}
