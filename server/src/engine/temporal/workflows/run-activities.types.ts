/** The run that a Temporal workflow carries. */
export interface CarriedRun {
  runId: string;
  epoch: number;
  /** Durability `strict`: each step is an activity of its own, the light ones too. */
  isStrict: boolean;
  /** Steps of connectors and of code have task queues of their own. @defaultValue false */
  isApart?: boolean;
}

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

/** Where a run stands: what is outstanding, and whether this Temporal workflow still has to do with it. */
export interface Progress {
  /** The newest event of the run this tells of. Absent in early histories. */
  seq?: number;
  /** More may be outstanding than is listed: the next answer lists what then comes first. */
  tasks: (StepTask | TimerTask)[];
  /** What it waits for without a time at which that ends, in words. Absent in early histories. */
  waits?: string[];
  ended: boolean;
  superseded: boolean;
}

/**
 * What the Temporal workflow asks of the worker. Every activity is safe to run twice: the journal decides.
 * Names are an interface; change them with `patched()`.
 */
export interface RunActivities {
  /** Takes in what the outside asked of the run, and does what can be done at once. */
  advance(run: CarriedRun): Promise<Progress>;
  /** Executes a try of a step of a core node and advances. */
  executeNode(run: CarriedRun, step: string, attempt: number): Promise<Progress>;
  /** The same for a step of a connector. */
  executeConnector(run: CarriedRun, step: string, attempt: number): Promise<Progress>;
  /** The same for user code. */
  executeSandbox(run: CarriedRun, step: string, attempt: number): Promise<Progress>;
  /** Ends a wait whose time has come and advances. */
  fireTimer(run: CarriedRun, step: string, attempt: number): Promise<Progress>;
}
