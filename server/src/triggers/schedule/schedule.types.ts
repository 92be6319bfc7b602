import type { RunStatus } from '../../runs/run.types.js';
import type { Overlap, ScheduleSettings } from './schedule-settings.js';

/** Why a run is started: its time came, a person asked for it now, or for a time that is past. */
export type FiringKind = 'schedule' | 'trigger' | 'backfill';

/**
 * `waiting` for its turn, `running`, `done` (its run ended, however), `skipped` (a run was still going), `dropped` (before
 * it started somebody unpublished the workflow or dropped it), `failed` (no run could be started).
 */
export type FiringState = 'waiting' | 'running' | 'done' | 'skipped' | 'dropped' | 'failed';

/** A row of `schedule`. */
export interface ScheduleRow {
  id: string;
  projectId: string;
  workflowId: string;
  workflowName: string;
  nodeId: string;
  nodeName: string;
  version: number;
  settings: ScheduleSettings;
  isArmed: boolean;
  nextAt: Date | null;
  advancedAt: Date;
  pausedAt: Date | null;
  pausedBy: string | null;
  pauseNote: string | null;
  missedCount: number;
  missedFrom: Date | null;
  missedTo: Date | null;
}

/** A time that was taken up. */
export interface FiringRow {
  /** Idempotency key of its run. */
  key: string;
  scheduleId: string;
  nominalAt: Date;
  kind: FiringKind;
  overlap: Overlap;
  state: FiringState;
  runId: string | null;
  note: string | null;
  attempts: number;
  changedAt: Date;
}

/** A firing as the API shows it. */
export interface FiringView {
  scheduledFor: string;
  kind: FiringKind;
  state: FiringState;
  runId: string | null;
  runStatus: RunStatus | null;
  /** Why it was skipped or dropped, or what went wrong. */
  note: string | null;
  at: string;
}

/** A schedule as the API shows it. */
export interface ScheduleView {
  id: string;
  workflowId: string;
  workflowName: string;
  nodeId: string;
  nodeName: string;
  version: number;
  cron: string[];
  every: string | null;
  timezone: string;
  catchUp: string;
  overlap: Overlap;
  /** `false` when its workflow is not live any more, or is live without it. */
  armed: boolean;
  paused: { at: string; by: string | null; note: string | null } | null;
  /** `null` while it is paused or not armed. With the offset of the time zone. */
  nextAt: string | null;
  /** The newest firing. */
  last: FiringView | null;
  waiting: number;
  running: number;
  /** Times that came while no server ran and were too old to be made up for; a backfill makes up for them. */
  missed: { count: number; from: string; to: string } | null;
}
