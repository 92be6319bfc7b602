import type { SandboxChild } from './sandbox-child.js';

interface Waiting {
  projectId: string;
  resolve(child: SandboxChild): void;
}

export interface ChildPoolOptions {
  /** Children that may work at the same time. */
  size: number;
  /** Children kept ready for whoever comes next, beyond those at work. */
  spares: number;
  spawn(onEnd: (child: SandboxChild) => void): SandboxChild;
}

/**
 * Hands out children, one call each at a time. A child belongs to the first project it served and is replaced before it
 * would serve another. Lines are served in turn, so that a long one does not starve the others.
 */
export class ChildPool {
  private readonly children = new Set<SandboxChild>();
  private readonly taken = new Set<SandboxChild>();
  private readonly queues = new Map<string, Waiting[]>();
  private isClosed = false;

  constructor(private readonly options: ChildPoolOptions) {
    this.refill();
  }

  get pids(): number[] {
    return [...this.children].flatMap((child) => child.pid ?? []);
  }

  get waiting(): number {
    return [...this.queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** Waits for a child for this project, in the line `turn`. Give it back with {@link release}. */
  take(projectId: string, turn = projectId): Promise<SandboxChild> {
    return new Promise((resolve) => {
      const queue = this.queues.get(turn) ?? [];
      queue.push({ projectId, resolve });
      this.queues.set(turn, queue);
      this.serve();
    });
  }

  /** `keep` is false when the child is not to be trusted any more. */
  release(child: SandboxChild, keep: boolean): void {
    this.taken.delete(child);
    if (!keep) child.end();
    this.serve();
  }

  close(): void {
    this.isClosed = true;
    for (const child of this.children) child.end();
  }

  private serve(): void {
    while (!this.isClosed && this.taken.size < this.options.size) {
      const next = this.nextWaiting();
      if (!next) break;
      const child = this.childFor(next.projectId);
      child.projectId = next.projectId;
      this.taken.add(child);
      next.resolve(child);
    }
    this.refill();
  }

  // The line served goes to the end of the map, which keeps the order of insertion.
  private nextWaiting(): Waiting | undefined {
    const [entry] = this.queues;
    if (!entry) return undefined;
    const [turn, queue] = entry;
    const next = queue.shift();
    this.queues.delete(turn);
    if (queue.length > 0) this.queues.set(turn, queue);
    return next;
  }

  private childFor(projectId: string): SandboxChild {
    const idle = [...this.children].filter((child) => !this.taken.has(child));
    const own =
      idle.find((child) => child.projectId === projectId) ?? idle.find((child) => child.projectId === undefined);
    if (own) return own;
    // All others belong to other projects: the oldest makes room.
    if (idle.length > this.options.spares) idle[0]!.end();
    return this.add();
  }

  private refill(): void {
    if (this.isClosed) return;
    const unused = [...this.children].filter((child) => child.projectId === undefined).length;
    for (let missing = this.options.spares - unused; missing > 0; missing--) this.add();
  }

  private add(): SandboxChild {
    const child = this.options.spawn((ended) => {
      this.children.delete(ended);
      // Refilling at once after a crash on start would spin.
      if (!this.isClosed) setTimeout(() => this.refill(), ended.runs === 0 ? 1_000 : 0).unref();
    });
    this.children.add(child);
    return child;
  }
}
