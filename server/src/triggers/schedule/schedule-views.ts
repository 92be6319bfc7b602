import type { ShownFiring } from './firings.repository.js';
import { localIso } from './schedule-times.js';
import type { FiringView, ScheduleRow, ScheduleView } from './schedule.types.js';

export function firingView(firing: ShownFiring, timezone: string): FiringView {
  const { nominalAt, kind, state, runId, runStatus, note, changedAt } = firing;
  const isOver =
    state === 'running' && (runStatus === null || ['succeeded', 'failed', 'cancelled'].includes(runStatus));
  return {
    scheduledFor: localIso(nominalAt.getTime(), timezone),
    kind,
    state: isOver ? 'done' : state,
    runId,
    runStatus,
    note,
    at: changedAt.toISOString(),
  };
}

/** What is shown of a schedule beside its row. */
export interface ScheduleCounts {
  last: ShownFiring | undefined;
  waiting: number;
  running: number;
}

export function scheduleView(row: ScheduleRow, { last, waiting, running }: ScheduleCounts): ScheduleView {
  const { cron, every, timezone, catchUp, overlap } = row.settings;
  const { id, workflowId, workflowName, nodeId, nodeName, version, isArmed: armed } = row;
  const isOn = armed && row.pausedAt === null;
  return {
    id,
    workflowId,
    workflowName,
    nodeId,
    nodeName,
    version,
    cron,
    every,
    timezone,
    catchUp,
    overlap,
    armed,
    paused: row.pausedAt && { at: row.pausedAt.toISOString(), by: row.pausedBy, note: row.pauseNote },
    nextAt: isOn && row.nextAt ? localIso(row.nextAt.getTime(), timezone) : null,
    last: last ? firingView(last, timezone) : null,
    waiting,
    running,
    missed: missedOf(row),
  };
}

function missedOf({ missedCount: count, missedFrom, missedTo, settings }: ScheduleRow): ScheduleView['missed'] {
  if (missedFrom === null || missedTo === null) return null;
  const local = (time: Date) => localIso(time.getTime(), settings.timezone);
  return { count, from: local(missedFrom), to: local(missedTo) };
}
