import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { Settings } from '../../config/config.service.js';
import { HealthChecks } from '../../lifecycle/health-checks.service.js';
import { Log } from '../../logging/logger.service.js';
import { connectionOptions } from './connection-options.js';
import { TemporalWorkers } from './temporal-workers.js';

const firstPauseMs = 200;
const longestPauseMs = 5_000;
/** How often Temporal is asked whether it still is the one it was, in milliseconds. */
const watchEveryMs = 3_000;

/** What there is while Temporal answers. */
export interface TemporalLink {
  client: Client;
  /** Changes when Temporal lost its database and was made anew. */
  namespaceId: string;
}

type Sdk = typeof import('@temporalio/worker') & typeof import('@temporalio/client');

/**
 * The connection to Temporal and the worker on it. When Temporal goes away the worker of the SDK gives up; this brings
 * both back, for as long as it takes, and says so in `/health/ready`. The server itself goes on.
 */
@Injectable()
export class TemporalConnection implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #link: TemporalLink | undefined;
  #worker: Worker | undefined;
  #isStopping = false;
  #wakeUp: (() => void) | undefined;
  #complaint = 'not connected yet';
  #ended: Promise<void> = Promise.resolve();
  readonly #listeners: ((link: TemporalLink) => Promise<void>)[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly workers: TemporalWorkers,
    private readonly health: HealthChecks,
    private readonly log: Log,
  ) {}

  /** Whether this installation has a Temporal, be it reachable at the moment or not. */
  get isConfigured(): boolean {
    return this.settings.engine !== 'queue' && this.settings.temporalAddress !== undefined;
  }

  /** Undefined while Temporal does not answer. */
  get link(): TemporalLink | undefined {
    return this.#link;
  }

  /** Called each time the connection was made, the first time included, and when another Temporal answers on it. */
  onConnected(listener: (link: TemporalLink) => Promise<void>): void {
    this.#listeners.push(listener);
  }

  onApplicationBootstrap(): void {
    if (!this.isConfigured) return;
    this.health.engineIs('temporal');
    this.health.register('temporal', () =>
      this.#link
        ? { ok: true }
        : {
            ok: true,
            degraded: true,
            detail: `Temporal does not answer (${this.#complaint}). New runs are kept and go on when it is back.`,
          },
    );
    this.#ended = this.#keepUp();
  }

  /** Before the children that work on steps are closed: what is in progress here needs them. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    this.#wakeUp?.();
    if (this.#worker?.getState() === 'RUNNING') this.#worker.shutdown();
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
      this.#link = undefined;
      pauseMs = performance.now() - since > 10_000 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      if (!this.#isStopping) await this.#pause(pauseMs);
    }
  }

  /** Connects and works; ends when the connection is lost or the server stops. */
  async #serve(sdk: Sdk): Promise<void> {
    const { temporalAddress, temporalNamespace: namespace, temporalEnvironment } = this.settings;
    const connection = await sdk.NativeConnection.connect(connectionOptions(temporalAddress!, temporalEnvironment));
    const over = new AbortController();
    try {
      const namespaceId = await idOf(connection, namespace);
      this.#link = { client: new sdk.Client({ connection, namespace }), namespaceId };
      this.log.info({ address: temporalAddress, namespace }, 'Connected to Temporal');
      if (this.settings.role === 'api') return await this.#watch(connection, namespace, over.signal);
      this.#worker = await this.workers.create(sdk, connection, namespace);
      const serving = this.#worker.run();
      // The server was told to stop while the worker was being made.
      if (this.#isStopping) this.#worker.shutdown();
      void this.#watch(connection, namespace, over.signal);
      await serving;
    } finally {
      over.abort();
      this.#worker = undefined;
      this.#link = undefined;
      await connection.close().catch(() => undefined);
    }
  }

  /**
   * Tells the listeners of the Temporal there is, and again when it came back without its database: it may be back before
   * anybody has missed it, and no broken connection gives that away.
   */
  async #watch(connection: NativeConnection, namespace: string, over: AbortSignal): Promise<void> {
    let met: string | undefined;
    while (!over.aborted && !this.#isStopping) {
      try {
        const namespaceId = await idOf(connection, namespace);
        if (namespaceId !== met && !over.aborted) await this.#meet(namespaceId);
        met = namespaceId;
      } catch (error) {
        // Where there is a worker, it says itself when it has lost Temporal.
        if (this.#worker === undefined) throw error;
        this.log.debug({ error }, 'Temporal could not be asked who it is; it is asked again');
      }
      await this.#pause(watchEveryMs);
    }
  }

  async #meet(namespaceId: string): Promise<void> {
    if (this.#link === undefined) return;
    this.#link = { ...this.#link, namespaceId };
    for (const listener of this.#listeners) await listener(this.#link);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function idOf(connection: NativeConnection, namespace: string): Promise<string> {
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
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
