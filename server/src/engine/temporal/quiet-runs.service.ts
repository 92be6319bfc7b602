import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import { RunPause } from '../reconciler/run-pause.service.js';
import { inParallel } from './in-parallel.js';
import { TemporalHost } from './temporal-host.js';
import type { Sight } from './temporal-sight.js';

/** A run without an event for this long is asked after, in seconds. */
const quietSeconds = 30;
/** How often in a row a run may begin anew without any outcome before a person is asked. */
const patience = 3;
/** Runs remembered as woken. */
const maxWoken = 10_000;
/** Less than the id of any run. */
const noRun = '00000000-0000-0000-0000-000000000000';

/** Runs that are Temporal's to carry, as a condition on `run`. */
export const openOnTemporal = `host = 'temporal' AND ended_at IS NULL AND status <> 'paused' AND place IS DISTINCT FROM 'held'`;

interface QuietRun {
  id: string;
  epoch: number;
  lastSeq: number;
  /** It has something to do now: also where it has not begun, as far as the journal knows, which may have been set back. */
  isDue: boolean;
  /** A step of it counts as begun. */
  hasBegun: boolean;
  /** Takeovers in a row without any outcome. */
  stalls: number;
}

/** What helps a run that does not get on. `lost`: Temporal does not have it, or lost a step of it; `foreign`: see {@link Sight}. */
type Trouble = 'lost' | 'foreign';

/** Asks Temporal after runs that were quiet for a while, and helps those that stand still. */
@Injectable()
export class QuietRuns {
  /** Where the next round goes on: each looks at the runs after those of the one before. */
  #seenUpTo = noRun;
  /** Runs that were told to look again, and where they stood. */
  readonly #woken = new Set<string>();

  constructor(
    private readonly host: TemporalHost,
    private readonly pause: RunPause,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** One round. @returns runs that are to begin again, by the reason */
  async lookAfter(limit: number): Promise<Record<Trouble, string[]>> {
    const found: Record<Trouble, string[]> = { lost: [], foreign: [] };
    await inParallel(await this.#next(limit), async (run) => {
      const trouble = await this.#troubleOf(run);
      if (trouble) found[trouble].push(run.id);
    });
    return found;
  }

  async #next(limit: number): Promise<QuietRun[]> {
    const rows = await this.database.query<QuietRun>(
      `SELECT r.id, r.epoch, r.last_seq AS "lastSeq", r.stalls,
         r.status = 'pending' OR r.status = 'running' AND (r.wake_at IS NULL OR r.wake_at < now()) AS "isDue",
         EXISTS (SELECT 1 FROM run_step s WHERE s.run_id = r.id AND s.status = 'running') AS "hasBegun"
       FROM run r WHERE ${openOnTemporal} AND r.id > $3 AND NOT EXISTS (
         SELECT 1 FROM run_event e WHERE e.run_id = r.id AND e.seq = r.last_seq AND e.at > now() - interval '1 second' * $2
       ) ORDER BY r.id LIMIT $1`,
      [limit, quietSeconds, this.#seenUpTo],
    );
    this.#seenUpTo = rows.length < limit ? noRun : rows.at(-1)!.id;
    return rows;
  }

  async #troubleOf(run: QuietRun): Promise<Trouble | undefined> {
    const sight = await this.host.lookAt(run.id, run.epoch);
    if (sight?.kind === 'gone') return 'lost';
    if (sight?.kind === 'foreign') return this.#discard(run);
    if (sight?.kind === 'failing') await this.#pause(run, heardNothing(sight));
    return sight?.kind === 'idle' && run.isDue && (await this.#standsStill(run)) ? 'lost' : undefined;
  }

  /** What it is, is in the journal: another Temporal workflow goes on with it. */
  async #discard(run: QuietRun): Promise<'foreign' | undefined> {
    if (run.stalls >= patience) {
      await this.#pause(
        run,
        'Its workers could not go on with what Temporal has of it, again and again. See their logs.',
      );
      return undefined;
    }
    this.log.warn({ runId: run.id, epoch: run.epoch }, 'Another version of WFAIB carried a run; it begins anew');
    await this.host.discard(run.id, run.epoch, 'It was written by another version of WFAIB.');
    return 'foreign';
  }

  /** It is due and nobody is at it: it is told to list what is outstanding. Where that did not help, a begun step is lost. */
  async #standsStill({ id, epoch, lastSeq, hasBegun }: QuietRun): Promise<boolean> {
    if (this.#woken.delete(`${id} ${lastSeq}`) && hasBegun) return true;
    if (this.#woken.size >= maxWoken) this.#woken.clear();
    this.#woken.add(`${id} ${lastSeq}`);
    this.log.warn({ runId: id, epoch, lastSeq }, 'A run stands still on Temporal; it is told to look again');
    await this.host.wake(id, epoch);
    return false;
  }

  async #pause({ id, epoch }: QuietRun, reason: string): Promise<void> {
    this.log.error({ runId: id, epoch, reason }, 'A run gets nowhere on Temporal and is paused');
    await this.pause.pauseStuck({ runId: id, epoch, host: 'temporal' }, reason);
    await this.host.discard(id, epoch, reason);
  }
}

function heardNothing({ attempts }: Extract<Sight, { kind: 'failing' }>): string {
  return `Temporal handed this run to a worker ${attempts} times and heard nothing of it: the workers died, froze, or could not go on with it. See their logs; then let the run go on, or cancel it.`;
}
