import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { RunPlaces, waitsForPlace } from './run-places.service.js';
import { stuckRuns, type OpenRun } from './stuck-runs.js';

const everyMs = 5_000;
/** Open runs that are looked at where some might wait for each other. */
const mostLookedAt = 20_000;

/**
 * Gives places whose owner died before anybody heard of its end, or whose workflow has another limit now, and lets runs
 * go on that wait for each other. Any number of processes may do it.
 */
@Injectable()
export class PlacesKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly places: RunPlaces,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.round(), everyMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round; rounds never overlap. */
  round(): Promise<void> {
    this.#round = this.#round
      .then(() => this.#keep())
      .catch((error: unknown) =>
        this.log.warn({ error }, 'Places of runs could not be looked at; they are looked at again soon'),
      );
    return this.#round;
  }

  async #keep(): Promise<void> {
    const workflows = await this.database.query<{ id: string; hasCalled: boolean }>(
      `SELECT workflow_id AS id, bool_or(is_awaited) AS "hasCalled" FROM run
       WHERE ${waitsForPlace} GROUP BY workflow_id`,
    );
    if (workflows.length > 0) await this.places.adopt(workflows.map(({ id }) => id));
    for (const { id } of workflows) await this.places.give(id);
    if (workflows.some(({ hasCalled }) => hasCalled)) await this.#freeStuck();
  }

  /** One at a time: the next one may get its turn by that. */
  async #freeStuck(): Promise<void> {
    const runs = await this.database.query<OpenRun>(
      `SELECT id, workflow_id AS "workflowId", coalesce(${waitsForPlace}, false) AS "isHeld", coalesce(place = 'taken', false) AS "hasPlace",
         CASE WHEN is_awaited THEN parent_run_id END AS "awaitedBy"
       FROM run r WHERE ended_at IS NULL AND (place IS NOT NULL OR is_awaited
         OR EXISTS (SELECT 1 FROM run c WHERE c.parent_run_id = r.id AND c.is_awaited AND c.ended_at IS NULL))
       ORDER BY id LIMIT $1`,
      [mostLookedAt],
    );
    if (runs.length === mostLookedAt) return;
    const [first] = stuckRuns(runs);
    if (!first) return;
    this.log.info(
      { runId: first.id, workflowId: first.workflowId },
      'A run begins without a place: those who have one wait for it',
    );
    await this.places.exceed(first.id);
  }
}
