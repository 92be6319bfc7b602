import { Injectable } from '@nestjs/common';
import { RunAccess } from '../runner/run-access.js';
import { HostRegistry } from './host-registry.js';
import { Ownership } from './ownership.service.js';

/** Moves runs that outgrew this process to the engine that spans processes. */
@Injectable()
export class HandOver {
  constructor(
    private readonly registry: HostRegistry,
    private readonly ownership: Ownership,
    private readonly access: RunAccess,
  ) {}

  get isPossible(): boolean {
    return this.registry.bigger() !== undefined;
  }

  /** Only when no step of the run is in flight. */
  async move(runId: string, epoch: number): Promise<void> {
    const host = this.registry.bigger();
    if (host === undefined) return;
    const owned = await this.access.use(runId, epoch, async (memory, slot) => {
      if (slot.executing.size > 0) return undefined;
      const moved = await this.ownership.handOver(
        runId,
        epoch,
        memory.run.lastSeq,
        { host: host.name, processId: null },
        'it outgrew its process',
      );
      slot.forget();
      return moved;
    });
    if (owned !== undefined && 'epoch' in owned) await host.start(runId, owned.epoch);
  }
}
