import { Injectable } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { DurabilityChoice } from '../launcher/durability-choice.js';
import { RunAccess } from '../runner/run-access.js';
import type { Host } from '../runner/runner.types.js';
import { HostRegistry } from './host-registry.js';
import { Ownership } from './ownership.service.js';

/** Moves runs that outgrew this process to the engine that spans processes. */
@Injectable()
export class HandOver {
  constructor(
    private readonly registry: HostRegistry,
    private readonly ownership: Ownership,
    private readonly access: RunAccess,
    private readonly durability: DurabilityChoice,
  ) {}

  get isPossible(): boolean {
    return this.registry.bigger(false) !== undefined;
  }

  /** Only when no step of the run is in flight. */
  async move(runId: string, epoch: number): Promise<void> {
    let host: Host | undefined;
    const owned = await this.access.use(runId, epoch, async (memory, slot) => {
      host = this.registry.bigger(this.durability.isLeftOpenBy(memory.program.document));
      if (host === undefined || slot.executing.size > 0) return undefined;
      const moved = await this.ownership.handOver(
        runId,
        epoch,
        memory.run.lastSeq,
        { host: host.name, processId: null },
        say`it outgrew its process`.text,
      );
      slot.forget();
      return moved;
    });
    if (owned !== undefined && 'epoch' in owned) await host!.start(runId, owned.epoch);
  }
}
