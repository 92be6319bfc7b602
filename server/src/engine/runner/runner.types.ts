import type { StepKey } from '../../interpreter/run-events.types.js';

/** Where a step is worked on: `node` core node, `connector` plugin child, `sandbox` user code. */
export type StepWork = 'node' | 'connector' | 'sandbox';

/** What a host has to see to. Hosts know nothing else of a run: no items, no plan, no state. */
export type HostCommand =
  | {
      kind: 'step';
      step: StepKey;
      attempt: number;
      /** Name of the node, for people. */
      name: string;
      work: StepWork;
      /** Milliseconds since 1970: not before then (a retry). */
      dueAt?: number;
      /** Longest the step may take, in milliseconds. */
      timeoutMs: number;
    }
  /** A wait of a step ends at `dueAt` (milliseconds since 1970) when nothing ended it before. */
  | { kind: 'timer'; step: StepKey; attempt: number; name: string; dueAt: number }
  /** Only news from outside can go on: the host may forget the run until `wake`. */
  | { kind: 'idle' };

/** Where a run stands after the runner worked on it. */
export interface RunProgress {
  /** The newest event of the run this tells of; of two answers the one with the higher number is the later one. */
  seq: number;
  /**
   * What is to be begun. A step leaves the list with its intent, that is when somebody executes it; until then it is in
   * every answer, so a host keeps a set of `kind:step:attempt` it has begun and skips those. A command that is not in the
   * list any more needs no further attention: a timer whose wait was resolved may be cancelled.
   */
  commands: HostCommand[];
  /** What the run waits for without a time at which it ends, in words: `Sign: an approval`. */
  waits?: string[];
  /** The run is over: nothing is left to do, ever. */
  ended: boolean;
  /** Another owner has it (the epoch moved): this host lets go of it. A run that is paused just has nothing to begin. */
  superseded: boolean;
}

export interface AdvanceOptions {
  /** Run light steps at once (`false`: every step becomes a command, durability `strict`). */
  lightInPlace: boolean;
  /** User code is a command even where it is light: it belongs to other machines. @defaultValue false */
  codeElsewhere?: boolean;
  /** Monotonic milliseconds after which no further step is begun in place. @defaultValue none */
  deadline?: number;
  /** Stops work in place. */
  signal?: AbortSignal;
  /** Whether effects may still be begun; asked before each. @defaultValue always */
  mayTouch?: () => boolean;
  /**
   * Commits the intents of the commands that are answered together with what came before. Only for hosts that begin
   * them at once and in this process. @defaultValue false
   */
  claimAhead?: boolean;
  /** The process that owns the run while it is not waiting; for hosts whose runs belong to processes. */
  processId?: string;
}

export interface ExecuteOptions extends AdvanceOptions {
  /** Ends the work early. Its outcome is then not recorded: whoever owns the run next does it again. */
  signal: AbortSignal;
  /** Called now and then while the step works. */
  heartbeat?: () => void;
  /** Another executor of this try died before. @defaultValue false */
  isRepeated?: boolean;
}

/** The engines that can carry a run. */
export type HostName = 'process' | 'temporal' | 'queue';

/** A thin loop around the runner. */
export interface Host {
  readonly name: HostName;
  /** Whether runs can be given to it now. */
  isAvailable(): boolean;
  /** Whether a run it is given here is most likely carried by this process: it need not be read again then. */
  readonly worksHere: boolean;
  /** Whether it takes no more runs for now. @defaultValue never */
  readonly isFull?: boolean;
  /** Makes the run go; safe to call again for the same run and epoch. The row names this host already. */
  start(runId: string, epoch: number): Promise<void>;
  /** There is news in the inbox of a run of this host. Safe to call for runs that ended. */
  wake(runId: string, epoch: number): Promise<void>;
  /** The run has a later epoch: whatever carries it under this one is to end. For hosts that would not find out. */
  release?(runId: string, epoch: number): Promise<void>;
}
