import { EventTooLarge } from './event.errors.js';

/** PostgreSQL refuses notifications of 8000 bytes and more; some room is left for the envelope. */
export const maxEventBytes = 7_800;

/** An event on its way to other processes: channel and payload. */
export type Notice = [channel: string, payload: unknown];

/** Collects events and packs them into as few notifications as possible. */
export class NoticeBatch {
  private waiting: { json: string; bytes: number }[] = [];

  constructor(private readonly origin: string) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** @throws {EventTooLarge} */
  add(channel: string, payload: unknown): void {
    const json = JSON.stringify([channel, payload ?? null] satisfies Notice);
    const bytes = Buffer.byteLength(json);
    if (bytes > maxEventBytes) throw new EventTooLarge(channel, bytes, maxEventBytes);
    this.waiting.push({ json, bytes });
  }

  /** Empties the batch: texts to notify with, each small enough. */
  take(): string[] {
    const packets: string[][] = [];
    let room = 0;
    for (const { json, bytes } of this.waiting) {
      if (bytes + 1 > room) {
        packets.push([]);
        room = maxEventBytes;
      }
      packets.at(-1)!.push(json);
      room -= bytes + 1;
    }
    this.waiting = [];
    return packets.map((events) => `{"from":"${this.origin}","events":[${events.join(',')}]}`);
  }
}

/** Reads what {@link NoticeBatch.take} packed. */
export function readNotice(text: string): { from: string; events: Notice[] } {
  return JSON.parse(text) as { from: string; events: Notice[] };
}
