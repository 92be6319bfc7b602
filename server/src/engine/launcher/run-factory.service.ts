import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import { HostRegistry } from '../host/host-registry.js';
import { ProcessLease } from '../process/process-lease.service.js';
import { RunPlaces } from '../places/run-places.service.js';
import { RunAccess } from '../runner/run-access.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { LaunchRequest } from '../run-launcher.service.js';
import { createMemory } from './create-memory.js';
import { DocumentStore } from './document-store.js';
import { DurabilityChoice } from './durability-choice.js';
import { ProgramCache } from './program-cache.js';

/** Makes runs in memory, with the host that is to carry them, and sets them going once they are committed. */
@Injectable()
export class RunFactory {
  constructor(
    private readonly programs: ProgramCache,
    private readonly documents: DocumentStore,
    private readonly durability: DurabilityChoice,
    private readonly registry: HostRegistry,
    private readonly lease: ProcessLease,
    private readonly access: RunAccess,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly places: RunPlaces,
  ) {}

  /** A run that is nowhere but here yet. @throws PlanImpossible */
  async make(request: LaunchRequest): Promise<RunMemory> {
    const program = this.programs.of(request.document);
    await this.lease.ensure();
    await this.documents.keep(program);
    const durability = this.durability.of(program, request.answersCaller);
    const picked = this.registry.pick(durability);
    // More than this process can take goes to another engine, where there is one.
    const host =
      picked.isFull === true
        ? (this.registry.bigger(this.durability.isLeftOpenBy(program.document)) ?? picked)
        : picked;
    const isHeld = needsPlace(request);
    return createMemory(request, program, {
      id: request.runId ?? this.ids.newId(),
      now: this.clock.now(),
      monotonic: this.clock.monotonic(),
      resumeSecret: randomBytes(16).toString('hex'),
      durability,
      host: host.name,
      processId: host.name === 'process' && !isHeld ? this.lease.processId : null,
      place: isHeld ? 'held' : null,
    });
  }

  /** Safe to call again, and to be left out: the reconciler finds what nobody started. */
  async start(memory: RunMemory): Promise<void> {
    const { run } = memory;
    if (run.place === 'held') return this.places.give(run.workflowId!);
    const host = this.registry.find(run.host);
    if (host?.worksHere) await this.access.adopt(memory);
    await host?.start(run.id, run.epoch);
  }
}

/** Tests neither wait nor count. */
function needsPlace({ workflowId, mode, document, sharesPlace }: LaunchRequest): boolean {
  const isLimited = document.settings.maxConcurrentRuns !== undefined;
  return isLimited && workflowId !== undefined && mode === 'production' && sharesPlace !== true;
}
