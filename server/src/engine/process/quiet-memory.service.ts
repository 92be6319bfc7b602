import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '../../logging/logger.service.js';
import { collectThreads } from './collect-threads.js';
import { memoryRelief } from './memory-relief.js';

const everyMs = 5_000;
/** A process that was at work for less than this share of the time since the last look is quiet. */
const quietShare = 0.2;

/**
 * Gives back what a busy time left behind once there is little to do. V8 keeps garbage and free pages until something
 * needs room: a process in which nothing happens any more, as when all its runs wait, would hold on to hundreds of MB.
 */
@Injectable()
export class QuietMemory implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #seen = performance.eventLoopUtilization();

  constructor(private readonly log: Log) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.look(), everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Collects where the process was quiet since the last look and has grown. Looks never overlap. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#relieve())
      .catch((error: unknown) => this.log.warn({ error }, 'Memory could not be given back'));
    return this.#looking;
  }

  async #relieve(): Promise<void> {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#seen);
    this.#seen = now;
    if (utilization > quietShare || !memoryRelief.isDue) return;
    const [before, since] = [process.memoryUsage.rss(), performance.now()];
    await collectThreads();
    await memoryRelief.give();
    const givenMb = Math.round((before - process.memoryUsage.rss()) / 1_000_000);
    this.log.debug({ givenMb, durationMs: Math.round(performance.now() - since) }, 'Memory was given back');
  }
}
