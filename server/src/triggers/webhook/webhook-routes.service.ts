import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import { Log } from '../../logging/logger.service.js';
import { RouteTable, type RouteMatch } from './route-table.js';
import { WebhookRoutesRepository, type WebhookRoute } from './webhook-routes.repository.js';

/** Channel on which processes tell each other that routes changed. */
const changedChannel = 'webhook.routesChanged';
/** Notices may be lost: each process looks by itself this often, in milliseconds. */
const pollMs = 5_000;
/** Calls of unknown paths make a process look again, at most this often, in milliseconds. */
const missPauseMs = 100;

/** The routes of all live webhooks in memory: a call costs no query. */
@Injectable()
export class WebhookRoutes implements OnApplicationBootstrap, OnModuleDestroy {
  private table = new RouteTable<WebhookRoute>([]);
  private revision = -1;
  private lastLook = Number.NEGATIVE_INFINITY;
  /** The look for a call of an unknown path, a pause away. */
  private comingLook: Promise<void> | undefined;
  private reading: Promise<void> = Promise.resolve();
  /** Waits for the reading that goes on. */
  private nextReading: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly repository: WebhookRoutesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly bus: EventBus,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const lookLater = () =>
      void this.look().catch((error: unknown) => this.log.warn({ error }, 'Webhook routes were not read'));
    this.stops.push(this.bus.subscribe(changedChannel, lookLater), this.bus.onGap(lookLater));
    this.timer = setInterval(lookLater, pollMs).unref();
    await this.look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    for (const stop of this.stops) stop();
  }

  /** Reads the routes after a change of this process, and tells the others. */
  async refresh(): Promise<void> {
    this.bus.publish(changedChannel, {});
    await this.look();
  }

  /**
   * The route of a call. A path that is unknown here may have been published elsewhere a moment ago, so the answer
   * "none" waits for a look that begins after the call came in.
   */
  async find(method: string, segments: readonly string[]): Promise<RouteMatch<WebhookRoute>> {
    const match = this.table.match(method, segments);
    if (match.kind === 'found') return match;
    await this.lookOnce();
    return this.table.match(method, segments);
  }

  /** The route of a call, as this process knows it now. */
  findNow(method: string, segments: readonly string[]): RouteMatch<WebhookRoute> {
    return this.table.match(method, segments);
  }

  private lookOnce(): Promise<void> {
    this.comingLook ??= this.lookAfterPause();
    return this.comingLook;
  }

  private async lookAfterPause(): Promise<void> {
    await sleep(Math.max(0, this.lastLook + missPauseMs - performance.now()));
    this.comingLook = undefined;
    await this.look();
  }

  /** Sees what was there when it was called. One at a time: all who ask during one share the next. */
  private look(): Promise<void> {
    this.nextReading ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.nextReading = undefined;
        this.reading = this.read();
        return this.reading;
      });
    return this.nextReading;
  }

  private async read(): Promise<void> {
    this.lastLook = performance.now();
    const tx = this.unitOfWork.direct;
    if ((await this.repository.revision(tx)) === this.revision) return;
    const { revision, routes } = await this.repository.snapshot(tx);
    this.table = new RouteTable(routes);
    this.revision = revision;
  }
}
