import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { say } from '@wfaib/sdk/sentence';
import { Settings } from '../../config/config.service.js';
import { HealthChecks, inWords } from '../../lifecycle/health-checks.service.js';
import { Log } from '../../logging/logger.service.js';
import { TemporalCodec } from './codec/temporal-codec.service.js';
import { connectionOptions } from './connection-options.js';
import { TemporalPresence, type TemporalLink } from './temporal-presence.js';
import { TemporalWorkers } from './temporal-workers.js';

const firstPauseMs = 200;
const longestPauseMs = 5_000;
/** How often Temporal is asked whether it is there, and how long it may take to answer, in milliseconds. */
const watchEveryMs = 2_000;
const answerMs = 5_000;

type Sdk = typeof import('@temporalio/worker') & typeof import('@temporalio/client');

/**
 * The connection to Temporal and the worker on it. When Temporal goes away the worker of the SDK gives up; this brings
 * both back, for as long as it takes, and says so in `/health/ready`. The server itself goes on.
 */
@Injectable()
export class TemporalConnection implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #workers: Worker[] = [];
  readonly #stopping = new AbortController();
  #complaint = 'not connected yet';
  #ended: Promise<void> = Promise.resolve();
  readonly #listeners: ((link: TemporalLink) => Promise<void>)[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly workers: TemporalWorkers,
    private readonly codec: TemporalCodec,
    private readonly presence: TemporalPresence,
    private readonly health: HealthChecks,
    private readonly log: Log,
  ) {}

  /** Whether this installation has a Temporal, be it reachable at the moment or not. */
  get isConfigured(): boolean {
    return this.presence.isConfigured;
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Whether this process works for Temporal at the moment. */
  get hasWorker(): boolean {
    return this.presence.link !== undefined && this.#workers.some((worker) => worker.getState() === 'RUNNING');
  }

  /** Undefined while Temporal does not answer. */
  get link(): TemporalLink | undefined {
    return this.presence.link;
  }

  /** Called each time the connection was made, the first time included, and when another Temporal answers on it. */
  onConnected(listener: (link: TemporalLink) => Promise<void>): void {
    this.#listeners.push(listener);
  }

  onApplicationBootstrap(): void {
    if (!this.isConfigured) return;
    this.health.engineIs('temporal');
    this.health.register('temporal', () =>
      this.presence.link
        ? { ok: true }
        : {
            ok: true,
            degraded: true,
            ...inWords(
              say`Temporal does not answer (${{ complaint: this.#complaint }}). Its runs are kept and go on when it is back${{ rest: this.presence.isMissed ? say`; new ones that leave the choice go to the queue` : '' }}.`,
            ),
          },
    );
    this.#ended = this.#keepUp();
  }

  /** Before the children that work on steps are closed: what is in progress here needs them. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    this.#shutDown();
    await this.#ended;
  }

  async #keepUp(): Promise<void> {
    const sdk: Sdk = { ...(await import('@temporalio/worker')), ...(await import('@temporalio/client')) } as Sdk;
    installRuntime(sdk, this.log);
    let pauseMs = firstPauseMs;
    while (!this.#isStopping) {
      const since = performance.now();
      try {
        await this.#serve(sdk);
      } catch (error) {
        this.#complaint = (error as Error).message;
        if (pauseMs === firstPauseMs) this.log.warn({ error }, 'Temporal does not answer; trying again until it does');
      }
      this.presence.link = undefined;
      pauseMs = performance.now() - since > 10_000 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      if (!this.#isStopping) await this.#pause(pauseMs);
    }
  }

  /** Connects and works; ends when the connection is lost for good or the server stops. */
  async #serve(sdk: Sdk): Promise<void> {
    const { temporalAddress, temporalNamespace: namespace, temporalEnvironment } = this.settings;
    const connection = await sdk.NativeConnection.connect(connectionOptions(temporalAddress!, temporalEnvironment));
    const dataConverter = { payloadCodecs: [await this.codec.get()] };
    const client = new sdk.Client({ connection, namespace, dataConverter });
    const end = new AbortController();
    let watching: Promise<void> | undefined;
    try {
      const namespaceId = await idOf(connection, namespace);
      const isSearchable = await this.#makeSearchable(connection, namespace);
      this.presence.link = { client, connection, namespaceId, isSearchable };
      this.log.info({ address: temporalAddress, namespace }, 'Connected to Temporal');
      watching = this.#watch(this.presence.link, connection, end.signal);
      await (this.settings.role === 'api' ? watching : this.#work(sdk, connection, namespace));
    } finally {
      end.abort();
      await watching;
      this.#workers = [];
      this.presence.link = undefined;
      await connection.close().catch(() => undefined);
    }
  }

  async #work(sdk: Sdk, connection: NativeConnection, namespace: string): Promise<void> {
    this.#workers = await this.workers.create(sdk, connection, namespace);
    // When one gives up the connection is made anew, with all of them.
    const serving = this.#workers.map((worker) => worker.run().finally(() => this.#shutDown()));
    // The server was told to stop while they were being made.
    if (this.#isStopping) this.#shutDown();
    const ends = await Promise.allSettled(serving);
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  }

  #shutDown(): void {
    for (const worker of this.#workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }

  /**
   * Asks all the time who is there, and tells the listeners: a worker notices late that Temporal is away, and never that it
   * came back without its database.
   */
  async #watch(first: TemporalLink, connection: NativeConnection, end: AbortSignal): Promise<void> {
    const { client } = first;
    let met: string | undefined;
    let { isSearchable } = first;
    while (!this.#isStopping && !end.aborted) {
      const namespaceId = await this.#ask(connection, client.options.namespace);
      if (end.aborted) return;
      if (namespaceId !== undefined && met !== undefined && namespaceId !== met)
        isSearchable = await this.#makeSearchable(connection, client.options.namespace);
      this.presence.link = namespaceId === undefined ? undefined : { client, connection, namespaceId, isSearchable };
      if (namespaceId !== met) met = (await this.#meet()) ? namespaceId : undefined;
      await this.#pause(watchEveryMs, end);
    }
  }

  async #makeSearchable(connection: NativeConnection, namespace: string): Promise<boolean> {
    const { addSearchAttributes } = await import('./search-attributes.js');
    try {
      await connection.withDeadline(Date.now() + answerMs, () => addSearchAttributes(connection, namespace));
      return true;
    } catch (error) {
      this.log.warn(
        { error },
        'Temporal does not let WFAIB add search attributes: its pages cannot search by workflow',
      );
      return false;
    }
  }

  /** The id of the namespace; undefined where Temporal does not answer. */
  async #ask(connection: NativeConnection, namespace: string): Promise<string | undefined> {
    try {
      return await idOf(connection, namespace);
    } catch (error) {
      this.#complaint = (error as Error).message;
      if (this.presence.link) this.log.warn({ error }, 'Temporal does not answer; trying again until it does');
      return undefined;
    }
  }

  /** @returns whether all listeners were told */
  async #meet(): Promise<boolean> {
    if (this.presence.link === undefined) return false;
    try {
      for (const listener of this.#listeners) await listener(this.presence.link);
      return true;
    } catch (error) {
      this.log.warn({ error }, 'Runs could not be brought to Temporal; it is tried again soon');
      return false;
    }
  }

  async #pause(ms: number, end?: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, ...(end ? [end] : [])]);
    await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  }
}

async function idOf(connection: NativeConnection, namespace: string): Promise<string> {
  const ask = () => connection.workflowService.describeNamespace({ namespace });
  const { namespaceInfo } = await connection.withDeadline(Date.now() + answerMs, ask);
  return namespaceInfo?.id ?? namespace;
}

let isInstalled = false;

// The SDK takes SIGTERM for itself unless told otherwise; the server ends everything in one place.
function installRuntime(sdk: Sdk, log: Log): void {
  if (isInstalled) return;
  isInstalled = true;
  sdk.Runtime.install({
    shutdownSignals: [],
    logger: new sdk.DefaultLogger('WARN', ({ level, message, meta }) =>
      log.child({ room: 'temporal' })[level === 'ERROR' ? 'error' : 'warn']({ error: meta?.error }, message),
    ),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR', other: 'ERROR' } } },
  });
}
