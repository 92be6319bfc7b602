import { Injectable } from '@nestjs/common';
import { Ids } from '../../clock/ids.service.js';
import type { Tx } from '../../database/unit-of-work.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import type { PublishedVersion } from '../../workflows/workflow-publishing.service.js';
import { FiringIntake } from './firing-intake.service.js';
import { FiringsRepository } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { scheduleChangedChannel } from './schedule.events.js';
import { scheduleSettingsOf } from './schedule-settings.js';
import { nextTime } from './schedule-times.js';
import type { ScheduleRow } from './schedule.types.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Arms and disarms schedules in the transaction that publishes their workflow. */
@Injectable()
export class ScheduleArming {
  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly intake: FiringIntake,
    private readonly clock: ScheduleClock,
    private readonly events: EventBus,
    private readonly ids: Ids,
  ) {}

  /**
   * Arms the schedules of a version and disarms those it does not have or has disabled. A schedule keeps its id, its pause
   * and its history over versions; a time that has come already is taken up by the new version.
   */
  async arm(tx: Tx, { workflowId, projectId, version, document }: PublishedVersion): Promise<void> {
    const known = new Map((await this.schedules.lockOf(tx, workflowId)).map((row) => [row.nodeId, row]));
    const nodes = document.nodes.filter(({ type, disabled }) => type === 'core.schedule' && disabled !== true);
    if (known.size === 0 && nodes.length === 0) return;
    const now = await this.clock.now(tx);
    for (const node of nodes) {
      const row = known.get(node.id);
      known.delete(node.id);
      const settings = scheduleSettingsOf(node.parameters, document.settings.timezone);
      const left = row && (await this.takeUp(tx, row, now));
      // Where more has come than is taken up at once, the rest is not forgotten.
      const nextAt = left !== undefined && left <= now ? left : nextTime(settings, now);
      const head = { projectId, workflowId, nodeId: node.id, nodeName: node.name, version };
      await this.schedules.arm(tx, { id: row?.id ?? this.ids.newId(), ...head, settings, nextAt }, new Date(now));
    }
    await this.stop(tx, [...known.values()], 'The workflow was published without this schedule.');
  }

  /** Nothing of this workflow starts by its schedules any more. */
  async disarm(tx: Tx, workflowId: string): Promise<void> {
    await this.stop(tx, await this.schedules.lockOf(tx, workflowId), 'The workflow was unpublished.');
  }

  /** Lets all processes look again. Call it after the commit. */
  changed(): void {
    this.events.publish(scheduleChangedChannel, null);
  }

  private takeUp(tx: Tx, row: ScheduleRow, now: number): Promise<number | undefined> | undefined {
    return row.isArmed && row.pausedAt === null ? this.intake.take(tx, row, now) : undefined;
  }

  private async stop(tx: Tx, rows: ScheduleRow[], note: string): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await this.schedules.disarm(tx, ids);
    await this.firings.drop(tx, ids, note);
  }
}
