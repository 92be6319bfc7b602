import { Pool } from 'undici';
import { latencyOf, type Latency } from './latency.js';

/** What is called, again and again. */
export interface LoadTarget {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** What calling it came to. */
export interface LoadResult {
  /** Calls that were answered with 2xx. */
  ok: number;
  /** Other answers by status; `0` counts connections that broke and calls that were given up. */
  refused: Record<number, number>;
  seconds: number;
  /** Answers with 2xx a second. */
  perSecond: number;
  latency: Latency;
  /** Smallest and largest `Retry-After` among the refusals, in seconds. */
  retryAfter?: [number, number];
}

/** Most connections of an open loop: more are beyond what a process may have open, and the errors would be the caller's own. */
const mostConnections = 8_000;
/** A call without an answer is given up after this, in milliseconds. */
const patienceMs = 60_000;

/** Each of `connections` callers sends its next call when it has the answer to the one before. */
export async function closedLoop(target: LoadTarget, connections: number, ms: number): Promise<LoadResult> {
  const caller = new Caller(target, connections);
  const end = performance.now() + ms;
  const call = async (): Promise<void> => {
    while (performance.now() < end) await caller.call(performance.now());
  };
  await Promise.all(Array.from({ length: connections }, call));
  return caller.result();
}

/**
 * `rate` calls a second, whatever becomes of those before. A call counts from the moment it was due, not from when it could
 * be sent: a server that stands still is not spared the calls it kept from being made (coordinated omission).
 */
export async function openLoop(target: LoadTarget, rate: number, ms: number): Promise<LoadResult> {
  const caller = new Caller(target, connectionsFor(rate));
  const startedAt = performance.now();
  const total = Math.floor((rate * ms) / 1_000);
  const calls: Promise<void>[] = [];
  while (calls.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) * rate) / 1_000));
    for (let next = calls.length; next < due; next++) calls.push(caller.call(startedAt + (next * 1_000) / rate));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(calls);
  return caller.result();
}

/** Enough for calls that take five seconds; those without one wait for it, and that counts. */
export function connectionsFor(rate: number): number {
  return Math.min(mostConnections, Math.max(1_000, Math.ceil(rate * 5)));
}

class Caller {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #times: number[] = [];
  readonly #refused: Record<number, number> = {};
  readonly #startedAt = performance.now();
  #retryAfter: [number, number] | undefined;

  constructor(
    private readonly target: LoadTarget,
    connections: number,
  ) {
    const { origin, pathname, search } = new URL(target.url);
    this.#path = pathname + search;
    this.#pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  }

  async call(dueAt: number): Promise<void> {
    const { method = 'POST', headers = {}, body } = this.target;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      const answer = await this.#pool.request({
        path: this.#path,
        method,
        headers: { ...type, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      await answer.body.dump();
      if (answer.statusCode < 300) this.#times.push(performance.now() - dueAt);
      else this.#refuse(answer.statusCode, answer.headers['retry-after']);
    } catch {
      this.#refuse(0, undefined);
    }
  }

  #refuse(status: number, retryAfter: unknown): void {
    this.#refused[status] = (this.#refused[status] ?? 0) + 1;
    const seconds = Number(retryAfter);
    if (typeof retryAfter !== 'string' || !Number.isFinite(seconds)) return;
    const [least, most] = this.#retryAfter ?? [seconds, seconds];
    this.#retryAfter = [Math.min(least, seconds), Math.max(most, seconds)];
  }

  async result(): Promise<LoadResult> {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    await this.#pool.close();
    return {
      ok: this.#times.length,
      refused: this.#refused,
      seconds,
      perSecond: this.#times.length / seconds,
      latency: latencyOf(this.#times),
      ...(this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter }),
    };
  }
}
