import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import { deadlineOf } from '../../interpreter/queries.js';
import { runWakeChannel, type RunWakeEvent } from '../run-wake.events.js';
import type { RunMemory } from './run-memory.js';
import type { RunSlot } from './run-slots.js';

/** Ends runs whose time limit is over, whatever they are at: at work, waiting, between two tries, or paused. */
@Injectable()
export class RunDeadline {
  constructor(
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** What works on the run in this process is aborted. */
  stopWhenLate(memory: RunMemory, slot: RunSlot): void {
    const now = this.clock.now();
    if (memory.isHeld || (deadlineOf(memory.state) ?? Infinity) > now) return;
    if (!memory.record({ type: 'run.timedOut', at: now })) return;
    slot.isLate = true;
    slot.stop();
  }

  /** Tells the other processes, once it is in the journal. */
  tell({ run }: RunMemory, slot: RunSlot): void {
    if (!slot.isLate) return;
    slot.isLate = false;
    const { id: runId, epoch, host } = run;
    this.events.publish(runWakeChannel, { runId, epoch, host } satisfies RunWakeEvent);
  }
}
