import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../logging/logger.service.js';

export interface ListenerOptions {
  databaseUrl: string;
  channel: string;
  log: Log;
  onNotice: (payload: string) => void;
  /** Called when the connection is there again: notices may have been missed. */
  onReconnect: () => void;
}

/** The one connection of this process that listens. Comes back by itself when it is lost. */
export class NotificationListener {
  private client: Client | undefined;
  private isStopped = false;

  constructor(private readonly options: ListenerOptions) {}

  async start(): Promise<void> {
    const { databaseUrl, channel, onNotice } = this.options;
    const client = new Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'wfaib-listen' });
    client.on('notification', (notice) => onNotice(notice.payload ?? ''));
    client.on('error', () => undefined);
    client.once('end', () => void this.comeBack(client));
    this.client = client;
    await client.connect();
    await client.query(`LISTEN "${channel}"`);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.client?.end().catch(() => undefined);
  }

  private async comeBack(lost: Client): Promise<void> {
    // A failed try ends its client too, and that one must not start a second loop.
    if (this.isStopped || lost !== this.client) return;
    this.options.log.warn({}, 'The listening connection to PostgreSQL was lost');
    this.client = undefined;
    for (let pauseMs = 100; !this.isStopped; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      await sleep(pauseMs, undefined, { ref: false });
      if (await this.tryAgain()) return this.options.onReconnect();
    }
  }

  private async tryAgain(): Promise<boolean> {
    try {
      await this.start();
      return true;
    } catch {
      const failed = this.client;
      this.client = undefined;
      await failed?.end().catch(() => undefined);
      return false;
    }
  }
}
