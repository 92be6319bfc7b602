import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import { RunLauncher } from '../../engine/run-launcher.service.js';
import { WfaibError } from '../../errors/wfaib.errors.js';
import { Log } from '../../logging/logger.service.js';
import { takeTurns, type Turn } from './firing-turns.js';
import { FiringsRepository, type FiringChange } from './firings.repository.js';
import { noteStart } from './schedule-metrics.js';
import { localIso } from './schedule-times.js';
import { ScheduleClock } from './schedule-clock.service.js';
import type { FiringRow, ScheduleRow } from './schedule.types.js';
import { ScheduledDocuments } from './scheduled-documents.service.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Schedules whose firings are started in one transaction, and how many firings of each are looked at. */
const roundSize = 100;
const firingsEach = 20;
/** Most firings of one schedule that may wait for their turn; backfills do not count. */
const maxWaiting = 1_000;
/** A firing that waits for its turn is looked at again when the run it waits for ends, at the latest after this. */
const patienceMs = 15_000;
/** Longest pause before a start that failed is tried again, in milliseconds. */
const longestPauseMs = 60_000;
/** A process that is frozen while it starts runs loses its locks after this, in milliseconds. */
const frozenMs = 20_000;

/**
 * Starts the runs of stored firings. A schedule is locked meanwhile, so that two processes never decide about it at once.
 * The key of a run is that of its firing: when this process dies after the start and before it is noted, the next one
 * finds the run instead of starting a second.
 */
@Injectable()
export class FiringLauncher {
  /** Schedules with firings that wait for a run to end, by workflow. */
  private readonly blocked = new Map<string, Set<string>>();
  // One at a time: the locks hold a connection while the starts need others of the same pool.
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly documents: ScheduledDocuments,
    private readonly launcher: RunLauncher,
    private readonly clock: ScheduleClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: Log,
  ) {}

  /** Starts what may start. @returns how many firings it decided about */
  launchWaiting(): Promise<number> {
    return this.transaction((tx, now) => this.schedules.lockWaiting(tx, new Date(now), roundSize));
  }

  /** Starts what may start of one schedule; waits for a process that is at it. */
  launchOne(scheduleId: string): Promise<number> {
    return this.transaction(async (tx) => {
      const row = await this.schedules.lock(tx, scheduleId);
      return row?.isArmed ? [row] : [];
    });
  }

  /** A run of this workflow has ended: it may be the turn of others. @returns whether it is */
  async runEnded(workflowId: string): Promise<boolean> {
    const blocked = this.blocked.get(workflowId);
    return blocked !== undefined && (await this.firings.wakeFree(this.unitOfWork.direct, [...blocked])) > 0;
  }

  private transaction(work: (tx: Tx, now: number) => Promise<ScheduleRow[]>): Promise<number> {
    const result = this.last.then(() => this.locked(work));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async locked(work: (tx: Tx, now: number) => Promise<ScheduleRow[]>): Promise<number> {
    let decided = 0;
    const rows = await this.unitOfWork.run(async (tx) => {
      await tx.query(`SET LOCAL idle_in_transaction_session_timeout = ${frozenMs}`);
      const now = await this.clock.now(tx);
      const locked = await work(tx, now);
      if (locked.length > 0) decided = await this.launchOf(tx, now, locked);
      return locked;
    });
    // A run may have ended before it was stored that others wait for it.
    const blocked = rows.filter(({ id, workflowId }) => this.blocked.get(workflowId)?.has(id)).map(({ id }) => id);
    const freed = blocked.length > 0 ? await this.firings.wakeFree(this.unitOfWork.direct, blocked) : 0;
    return decided + freed;
  }

  private async launchOf(tx: Tx, now: number, rows: ScheduleRow[]): Promise<number> {
    const ids = rows.map(({ id }) => id);
    const waiting = await this.firings.waiting(tx, ids, firingsEach);
    const running = await this.firings.running(tx, ids);
    const changes = await Promise.all(
      rows.flatMap((row) => {
        const isOf = (firing: FiringRow) => firing.scheduleId === row.id;
        const mine = waiting.filter(isOf).filter(({ kind }) => row.pausedAt === null || kind !== 'schedule');
        const turns = takeTurns(mine, running.filter(isOf), now);
        this.note(
          row,
          turns.some(({ does }) => does === 'wait'),
        );
        return turns.map((turn) => this.take(row, turn, now));
      }),
    );
    await this.firings.change(tx, changes, new Date(now));
    if (waiting.length >= firingsEach) {
      await this.firings.skipBeyond(tx, ids, maxWaiting, `${maxWaiting} others were waiting already.`);
    }
    return changes.filter(({ state }) => state !== 'waiting').length;
  }

  private note({ id, workflowId }: ScheduleRow, isBlocked: boolean): void {
    const blocked = this.blocked.get(workflowId) ?? new Set();
    if (isBlocked) this.blocked.set(workflowId, blocked.add(id));
    else if (blocked.delete(id) && blocked.size === 0) this.blocked.delete(workflowId);
  }

  private async take(row: ScheduleRow, turn: Turn, now: number): Promise<FiringChange> {
    const { key, attempts } = turn.firing;
    if (turn.does === 'skip') return { key, attempts, state: 'skipped', note: turn.note };
    if (turn.does === 'wait') return { key, attempts, state: 'waiting', retryAt: new Date(now + patienceMs) };
    try {
      return { key, attempts, state: 'running', runId: await this.start(row, turn.firing, now) };
    } catch (error) {
      return this.failureOf(row, turn.firing, error as Error, now);
    }
  }

  private async start(row: ScheduleRow, firing: FiringRow, now: number): Promise<string> {
    const { projectId, workflowId, workflowName, version, nodeId, settings } = row;
    const nominalAt = firing.nominalAt.getTime();
    const { runId, existing } = await this.launcher.launch({
      projectId,
      workflowId,
      workflowName,
      version,
      document: await this.documents.get(workflowId, version),
      mode: 'production',
      startedBy: 'schedule',
      start: { nodeId, as: 'trigger' },
      items: [
        { json: { scheduledFor: localIso(nominalAt, settings.timezone), firedAt: localIso(now, settings.timezone) } },
      ],
      idempotencyKey: firing.key,
      answersCaller: false,
    });
    if (!existing && firing.kind === 'schedule') noteStart(now - nominalAt);
    return runId;
  }

  /** What will not get better by waiting is given up; anything else is tried again, later and later. */
  private failureOf(row: ScheduleRow, { key, attempts }: FiringRow, error: Error, now: number): FiringChange {
    const note = error.message.slice(0, 500);
    const isFinal = error instanceof WfaibError && !error.retryable && !error.code.startsWith('database.');
    this.log.warn(
      { scheduleId: row.id, workflowId: row.workflowId, key, error },
      'A scheduled run could not be started',
    );
    if (isFinal) return { key, attempts: attempts + 1, state: 'failed', note };
    const pauseMs = Math.min(longestPauseMs, 1_000 * 2 ** Math.min(attempts, 10));
    return { key, attempts: attempts + 1, state: 'waiting', note, retryAt: new Date(now + pauseMs) };
  }
}
