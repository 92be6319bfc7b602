import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import { Log } from '../../logging/logger.service.js';
import { noteSweep, noteTakeovers, watchPending } from '../engine-metrics.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership, type Owned } from '../host/ownership.service.js';
import { ProcessHost } from '../host/process-host.service.js';
import { processGoneChannel, ProcessLease } from '../process/process-lease.service.js';
import { QueueHost } from '../queue/queue-host.service.js';
import type { HostName } from '../runner/runner.types.js';
import { RunPause } from './run-pause.service.js';

const everyMs = 15_000;
/** Runs of processes that died are looked for more often: somebody may be waiting for them. */
const orphansEveryMs = 5_000;
/** Runs taken over in one round. */
const roundSize = 200;
/** Takeovers in a row without an outcome before a person is asked. */
const patience = 3;
/** How long a host may take to begin a run, in seconds. */
const startSeconds = 5;

/** Repairs what is overdue, orphaned or unstarted: at the start, then every 15 s. Any number of processes may do it. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timers: NodeJS.Timeout[] = [];
  #deafen: (() => void) | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly ownership: Ownership,
    private readonly lease: ProcessLease,
    private readonly processHost: ProcessHost,
    private readonly queueHost: QueueHost,
    private readonly registry: HostRegistry,
    private readonly pause: RunPause,
    private readonly events: EventBus,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    watchPending(() => this.#oldestPendingSeconds());
    this.#timers = [
      setInterval(() => void this.round(), everyMs).unref(),
      setInterval(() => void this.#then(() => this.#takeOverAll()), orphansEveryMs).unref(),
    ];
    this.#deafen = this.events.subscribe(processGoneChannel, () => void this.#then(() => this.#takeOverAll()));
    void this.round();
  }

  /** A process that is leaving takes nothing over. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#deafen?.();
    for (const timer of this.#timers) clearInterval(timer);
    await this.#round;
  }

  /** One round; rounds never overlap. */
  round(): Promise<void> {
    return this.#then(() => this.#repair());
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#round = this.#round.then(work).catch((error: unknown) => {
      this.log.warn({ error }, 'A round of repairs failed; the next one is due soon');
    });
    return this.#round;
  }

  async #repair(): Promise<void> {
    await this.#dropDeadProcesses();
    await this.#takeOverAll();
    await this.#takeUpOwn();
    await this.#wakeDue();
    await this.#startUnstarted();
    noteSweep();
  }

  async #takeOverAll(): Promise<void> {
    await this.lease.ensure();
    await this.lease.endLeasesOfTheDead();
    await this.#takeOver('process');
    await this.#takeOver('queue');
  }

  async #dropDeadProcesses(): Promise<void> {
    await this.database.query("DELETE FROM process WHERE lease_until < clock_timestamp() - interval '1 day'");
  }

  /** Runs of processes that are gone. A host other than this one goes on with its own; else this process does. */
  async #takeOver(from: HostName): Promise<void> {
    const host = from === 'process' ? this.processHost : (this.registry.find(from) ?? this.processHost);
    const to = { host: host.name, processId: host.name === 'process' ? this.lease.processId : null };
    for (;;) {
      const runs = await this.ownership.takeOverOrphans(from, to, roundSize);
      if (runs.length > 0)
        this.log.info({ count: runs.length, host: host.name }, 'Took over runs of a process that is gone');
      await this.#goOn(runs, host.name);
      if (runs.length < roundSize) return;
    }
  }

  /** Runs of this process that nobody works on: the database was away, or something went wrong with them. */
  async #takeUpOwn(): Promise<void> {
    const { processId } = this.lease;
    const rows = await this.database.query<{ id: string; host: HostName }>(
      // One that could not even be paused is left alone: a newer version noted what this one does not know.
      `SELECT id, host FROM run WHERE process_id = $1 AND ended_at IS NULL AND created_at < now() - interval '5 seconds'
         AND stalls <= $3 LIMIT $2`,
      [processId, roundSize, patience],
    );
    for (const host of [this.processHost, this.queueHost]) {
      const lost = rows.filter((run) => run.host === host.name && !host.has(run.id)).map(({ id }) => id);
      if (lost.length === 0) continue;
      const to = { host: host.name, processId: host === this.processHost ? processId : null };
      await this.#goOn(await this.ownership.takeUpAgain(lost, processId, to), host.name);
    }
  }

  async #goOn(runs: Owned[], host: HostName): Promise<void> {
    noteTakeovers(host, runs.length);
    for (const run of runs) {
      if (run.stalls > patience) await this.#pause(run);
      else await this.registry.find(host)?.start(run.runId, run.epoch);
    }
  }

  /** Others of the round go on where one cannot be read. */
  async #pause({ runId, epoch, stalls }: Owned): Promise<void> {
    try {
      await this.pause.pause(runId, epoch, `It was taken over ${stalls} times and got nowhere.`);
    } catch (error) {
      this.log.error({ runId, epoch, error }, 'A run gets nowhere and could not be paused');
    }
  }

  async #oldestPendingSeconds(): Promise<number> {
    const [row] = await this.database.query<{ age: number }>(
      `SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS age FROM run
       WHERE ended_at IS NULL AND status = 'pending' AND place IS DISTINCT FROM 'held'`,
    );
    return Math.max(0, row!.age);
  }

  /** Waits and retries whose time came while no process had a timer for them, and news that nobody took in. */
  async #wakeDue(): Promise<void> {
    const rows = await this.database.query<{ id: string; host: HostName; epoch: number }>(
      `SELECT id, host, epoch FROM run r WHERE ended_at IS NULL AND (
         wake_at < now() + interval '1 second' * $2
         OR EXISTS (SELECT 1 FROM run_inbox i WHERE i.run_id = r.id AND i.consumed_at IS NULL AND i.created_at < now() - interval '10 seconds'
           AND (r.status <> 'paused' OR i.kind IN ('unpause', 'cancel'))
           AND (i.kind <> 'resume' OR EXISTS (
             SELECT 1 FROM run_wait w WHERE w.run_id = r.id AND w.kind = 'webhook' AND w.resolved_at IS NULL
               AND w.step_key = coalesce(i.step_key, w.step_key)
           ))
         )
       ) ORDER BY wake_at LIMIT $1`,
      [roundSize, everyMs / 1_000],
    );
    for (const { id, host, epoch } of rows) await this.registry.find(host)?.wake(id, epoch);
  }

  /** Runs that nobody owns and that do not wait for anything: their host never heard of them, or forgot. */
  async #startUnstarted(): Promise<void> {
    const rows = await this.database.query<{ id: string; host: HostName; epoch: number }>(
      `SELECT id, host, epoch FROM run r WHERE ended_at IS NULL AND process_id IS NULL AND status IN ('pending', 'running')
         AND place IS DISTINCT FROM 'held'
         AND NOT EXISTS (
           SELECT 1 FROM run_event e WHERE e.run_id = r.id AND e.seq = r.last_seq AND e.at > now() - interval '1 second' * $2
         ) AND (host <> 'temporal' OR status = 'pending') ORDER BY id LIMIT $1`,
      [roundSize, startSeconds],
    );
    for (const { id, host, epoch } of rows) {
      if (host === 'process') await this.processHost.wake(id, epoch);
      else await this.registry.find(host)?.start(id, epoch);
    }
  }
}
