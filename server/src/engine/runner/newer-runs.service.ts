import { Injectable, type OnModuleInit } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Database } from '../../database/database.service.js';
import { HealthChecks, inWords, type CheckResult } from '../../lifecycle/health-checks.service.js';

/** Runs remembered at once. */
const maxMet = 1_000;

/** Runs that this process met and left alone, since a newer version noted in them what this one does not know. */
@Injectable()
export class NewerRuns implements OnModuleInit {
  readonly #met = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly health: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.health.register('newer runs', () => this.#check());
  }

  note(runId: string): void {
    if (this.#met.size < maxMet) this.#met.add(runId);
  }

  async #check(): Promise<CheckResult> {
    if (this.#met.size === 0) return { ok: true };
    const open = await this.database.query<{ id: string }>(
      'SELECT id FROM run WHERE id = ANY($1) AND ended_at IS NULL ORDER BY id',
      [[...this.#met]],
    );
    const ids = open.map(({ id }) => id);
    for (const id of this.#met) if (!ids.includes(id)) this.#met.delete(id);
    if (ids.length === 0) return { ok: true };
    const told = say`Needs a newer version of WFAIB: ${{ count: ids.length }} open runs were carried by one and hold what this version does not know (${{ ids: ids.slice(0, 3) }}). Start the newer version: they go on there.`;
    return { ok: true, degraded: true, ...inWords(told) };
  }
}
