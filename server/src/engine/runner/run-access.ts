import { Injectable } from '@nestjs/common';
import { Log } from '../../logging/logger.service.js';
import { noteFenced } from '../engine-metrics.js';
import { RunLoader } from './run-loader.js';
import type { RunMemory } from './run-memory.js';
import { RunSlots, type RunSlot } from './run-slots.js';
import { AppendRefused } from './runner.errors.js';
import type { RunProgress } from './runner.types.js';

/** The run has another owner; nothing else is known of it. */
export const superseded: RunProgress = { seq: 0, commands: [], ended: false, superseded: true };
const maxTries = 10;

/** Hands out the memory of a run to one piece of work at a time, read again where the journal had moved on. */
@Injectable()
export class RunAccess {
  constructor(
    private readonly slots: RunSlots,
    private readonly loader: RunLoader,
    private readonly log: Log,
  ) {}

  useSlot<Result>(runId: string, work: (slot: RunSlot) => Promise<Result>): Promise<Result> {
    return this.slots.use(runId, work);
  }

  /**
   * Runs `work` with the run's lock. It is called again with fresh memory when its append met a newer one, so it must
   * decide from the memory alone. Answers `superseded` where the epoch moved.
   */
  use<Result>(
    runId: string,
    epoch: number,
    work: (memory: RunMemory, slot: RunSlot) => Promise<Result>,
  ): Promise<Result | RunProgress> {
    return this.slots.use(runId, (slot) => slot.lock.run(() => this.#withMemory(slot, epoch, work)));
  }

  /** Gives the process a run that was made here and is not in the database yet. */
  adopt(memory: RunMemory): Promise<void> {
    return this.slots.use(memory.run.id, (slot) => {
      slot.memory = memory;
      slot.hasNews = false;
      return Promise.resolve();
    });
  }

  async #withMemory<Result>(
    slot: RunSlot,
    epoch: number,
    work: (memory: RunMemory, slot: RunSlot) => Promise<Result>,
  ): Promise<Result | RunProgress> {
    for (let tries = 1; ; tries += 1) {
      const memory = await this.#memoryOf(slot, epoch);
      if (memory === undefined || memory.run.epoch !== epoch) return superseded;
      try {
        return await work(memory, slot);
      } catch (error) {
        slot.forget();
        if (!(error instanceof AppendRefused) || tries >= maxTries) throw error;
        if (error.outcome === 'conflict') continue;
        noteFenced();
        this.log.info({ runId: slot.runId, epoch }, 'An append was refused: the run has another owner');
        return superseded;
      }
    }
  }

  async #memoryOf(slot: RunSlot, epoch: number): Promise<RunMemory | undefined> {
    if (slot.memory === undefined || slot.memory.run.epoch < epoch) {
      slot.forget();
      slot.memory = await this.loader.load(slot.runId);
    }
    return slot.memory;
  }
}
