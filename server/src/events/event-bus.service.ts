import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Settings } from '../config/config.service.js';
import { Database } from '../database/database.service.js';
import { Log } from '../logging/logger.service.js';
import { NoticeBatch, readNotice } from './notice-batch.js';
import { NotificationListener } from './notification-listener.js';

export type Subscriber<Payload> = (payload: Payload) => void;

/** Name of the one PostgreSQL channel that carries all events. */
const databaseChannel = 'wfaib_events';
/** Events that come within this time share a notification, in milliseconds. */
const gatherMs = 2;

/**
 * Tells every process what happened: subscribers here hear it at once, those in other processes a few milliseconds later,
 * none of them twice. Nothing is kept: an event may be lost with a connection, so whoever must not miss one also polls.
 */
@Injectable()
export class EventBus implements OnModuleInit, OnApplicationShutdown {
  private readonly origin = randomUUID();
  private readonly subscribers = new Map<string, Set<Subscriber<never>>>();
  private readonly gapListeners = new Set<() => void>();
  private readonly batch = new NoticeBatch(this.origin);
  private readonly listener: NotificationListener;
  private sending: Promise<void> | undefined;

  constructor(
    settings: Settings,
    private readonly database: Database,
    private readonly log: Log,
  ) {
    this.listener = new NotificationListener({
      databaseUrl: settings.databaseUrl,
      channel: databaseChannel,
      log,
      onNotice: (text) => this.receive(text),
      onReconnect: () => this.gapListeners.forEach((listener) => listener()),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sending;
    await this.listener.stop();
  }

  /**
   * Tells subscribers of `channel`. Call it after the commit. `payload` is JSON of less than 7.8 kB: ids, not contents.
   * Does not wait for other processes and never fails because of them.
   * @throws {EventTooLarge}
   */
  publish(channel: string, payload: unknown): void {
    this.batch.add(channel, payload);
    this.deliver(channel, payload);
    this.sending ??= this.sendSoon();
  }

  /** Calls `subscriber` for each event on `channel` until the function it returns is called. */
  subscribe<Payload>(channel: string, subscriber: Subscriber<Payload>): () => void {
    const all = this.subscribers.get(channel) ?? new Set();
    this.subscribers.set(channel, all.add(subscriber as Subscriber<never>));
    return () => {
      all.delete(subscriber as Subscriber<never>);
      if (all.size === 0 && this.subscribers.get(channel) === all) this.subscribers.delete(channel);
    };
  }

  /** Calls `listener` when events may have been missed: read anew what you follow. */
  onGap(listener: () => void): () => void {
    this.gapListeners.add(listener);
    return () => this.gapListeners.delete(listener);
  }

  private deliver(channel: string, payload: unknown): void {
    for (const subscriber of this.subscribers.get(channel) ?? []) {
      try {
        subscriber(payload as never);
      } catch (error) {
        this.log.error({ channel, error }, 'A subscriber failed');
      }
    }
  }

  private receive(text: string): void {
    const { from, events } = readNotice(text);
    if (from === this.origin) return;
    for (const [channel, payload] of events) this.deliver(channel, payload);
  }

  private async sendSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    while (!this.batch.isEmpty) await this.send(this.batch.take());
    this.sending = undefined;
  }

  private async send(texts: string[]): Promise<void> {
    try {
      await this.database.query('SELECT pg_notify($1, text) FROM unnest($2::text[]) AS text', [databaseChannel, texts]);
    } catch (error) {
      this.log.warn({ error, count: texts.length }, 'Other processes could not be notified');
    }
  }
}
