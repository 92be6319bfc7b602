/** A step as the Temporal workflow sees it: names and times, no data. */
export interface StepTask {
  kind: 'step';
  step: string;
  attempt: number;
  name: string;
  work: 'node' | 'connector' | 'sandbox';
  /** Milliseconds since 1970: not before then. */
  dueAt?: number;
  /** Milliseconds. */
  timeoutMs: number;
}

export interface TimerTask {
  kind: 'timer';
  step: string;
  attempt: number;
  name: string;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** Where a run stands: all that is outstanding, and whether this Temporal workflow still has to do with it. */
export interface Progress {
  tasks: (StepTask | TimerTask)[];
  ended: boolean;
  superseded: boolean;
}

/**
 * What the Temporal workflow asks of the worker. Every activity is safe to run twice: the journal decides.
 * Names are an interface; change them with `patched()`.
 */
export interface RunActivities {
  /** Does what can be done at once. */
  advance(runId: string, epoch: number): Promise<Progress>;
  /** Executes a try of a step of a core node and advances. */
  executeNode(runId: string, epoch: number, step: string, attempt: number): Promise<Progress>;
  /** The same for a step of a connector. */
  executeConnector(runId: string, epoch: number, step: string, attempt: number): Promise<Progress>;
  /** The same for user code. */
  executeSandbox(runId: string, epoch: number, step: string, attempt: number): Promise<Progress>;
  /** Ends a wait whose time has come and advances. */
  fireTimer(runId: string, epoch: number, step: string, attempt: number): Promise<Progress>;
}
