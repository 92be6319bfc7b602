import type { SandboxChild } from './sandbox-child.js';

/** Who wants a child. */
export interface ChildWanted {
  projectId: string;
  /** The line to wait in. @defaultValue the project */
  turn?: string;
  /** Ends the wait; ends the child once it is handed out. */
  signal?: AbortSignal;
}

interface Waiting {
  projectId: string;
  resolve(child: SandboxChild): void;
}

/** Work that takes longer than this, in milliseconds, gives its place to others and goes on beside them. */
const longMs = 3_000;
/** Children at work at most, those that take long included. */
const most = 16;

export interface ChildPoolOptions {
  /** Children that may work at the same time, not counting those that take long. */
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
  /** Children at work; the value tells whether they still hold one of the places. */
  private readonly taken = new Map<SandboxChild, { holdsPlace: boolean; timer: NodeJS.Timeout }>();
  private readonly queues = new Map<string, Waiting[]>();
  private isClosed = false;

  constructor(private readonly options: ChildPoolOptions) {
    this.refill();
  }

  get pids(): number[] {
    return [...this.children].flatMap((child) => child.pid ?? []);
  }

  /**
   * Waits for a child. Give it back with {@link release}.
   * @throws the reason of the signal
   */
  take({ projectId, turn = projectId, signal }: ChildWanted): Promise<SandboxChild> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const waiting: Waiting = {
        projectId,
        resolve: (child) => {
          signal?.removeEventListener('abort', leave);
          // Nothing but its death stops a child that is at work.
          signal?.addEventListener('abort', () => this.taken.has(child) && child.end(), { once: true });
          resolve(child);
        },
      };
      const leave = (): void => {
        this.leave(turn, waiting);
        reject(signal!.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.queues.set(turn, [...(this.queues.get(turn) ?? []), waiting]);
      this.serve();
    });
  }

  /** `keep` is false when the child is not to be trusted any more. */
  release(child: SandboxChild, keep: boolean): void {
    clearTimeout(this.taken.get(child)?.timer);
    this.taken.delete(child);
    if (!keep) child.end();
    this.serve();
  }

  close(): void {
    this.isClosed = true;
    for (const child of this.children) child.end();
  }

  private serve(): void {
    while (!this.isClosed && this.hasPlace) {
      const next = this.nextWaiting();
      if (!next) break;
      const child = this.childFor(next.projectId);
      child.projectId = next.projectId;
      this.taken.set(child, { holdsPlace: true, timer: setTimeout(() => this.makeWay(child), longMs) });
      next.resolve(child);
    }
    this.refill();
  }

  private get hasPlace(): boolean {
    const held = [...this.taken.values()].filter(({ holdsPlace }) => holdsPlace).length;
    return held < this.options.size && this.taken.size < most;
  }

  /** Long work goes on, at low priority, and holds nobody up. */
  private makeWay(child: SandboxChild): void {
    const work = this.taken.get(child);
    if (!work) return;
    work.holdsPlace = false;
    child.lowerPriority();
    this.serve();
  }

  private leave(turn: string, waiting: Waiting): void {
    const left = (this.queues.get(turn) ?? []).filter((other) => other !== waiting);
    if (left.length > 0) this.queues.set(turn, left);
    else this.queues.delete(turn);
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
