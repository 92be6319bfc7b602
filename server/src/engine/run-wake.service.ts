import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '../events/event-bus.service.js';
import { HostRegistry } from './host/host-registry.js';
import { JournalReader } from './journal/journal-reader.js';
import { RunSlots, type RunSlot } from './runner/run-slots.js';
import { runWakeChannel, type RunWakeEvent } from './run-wake.events.js';

/** Tells whoever carries a run that there is news for it. The news itself is a row, so nothing is lost with a wake-up. */
@Injectable()
export class RunWake implements OnModuleInit {
  constructor(
    private readonly registry: HostRegistry,
    private readonly journal: JournalReader,
    private readonly events: EventBus,
    private readonly slots: RunSlots,
  ) {}

  onModuleInit(): void {
    this.events.subscribe<RunWakeEvent>(runWakeChannel, (wake) => {
      const slot = this.slots.find(wake.runId);
      if (slot) slot.hasNews = true;
      if (slot && slot.executing.size > 0) void this.#stopHere(slot);
      // Temporal was told by the process that has the news; of the queue another process may have heard it.
      if (slot && wake.host !== 'temporal') void this.registry.find(wake.host)?.wake(wake.runId, wake.epoch);
    });
    this.events.onGap(() => {
      for (const slot of this.slots.atWork()) void this.#stopHere(slot);
    });
  }

  /** Whichever process takes the news in, steps that are being executed here end at once. */
  async #stopHere(slot: RunSlot): Promise<void> {
    const asked = await this.journal.stopAsked(slot.runId).catch(() => undefined);
    if (asked) slot.stop(asked === 'force');
  }

  async wake(runId: string): Promise<void> {
    const run = await this.journal.findRun(runId);
    if (run === undefined || run.endedAt !== null) return;
    const { epoch, host } = run;
    this.events.publish(runWakeChannel, { runId, epoch, host } satisfies RunWakeEvent);
    await this.registry.find(host)?.wake(runId, epoch);
  }
}
