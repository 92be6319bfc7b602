import { ask, pause } from './api.js';
import { shuffled } from './random.js';
import type { Document, Shape } from './shapes.js';

/** An event WFAIB said yes to. */
export interface Accepted {
  event: string;
  shape: Shape;
  runId: string;
}

/** An event whose answer was no: the run it started had failed. */
export interface Refused {
  event: string;
  shape: Shape;
  status: number;
  body: unknown;
}

export interface Published {
  shape: Shape;
  workflowId: string;
}

export interface LoadOptions {
  published: Published[];
  /** Addresses of the servers of the moment; each call takes the next one. */
  urls: () => string[];
  /** Events of each shape. */
  each: number;
  /** Goes before the names of the events. */
  label: string;
  random: () => number;
  /** How often each event is sent at once. */
  copies: number;
}

const senders = 8;

/** Sends events as services do: again and again, until somebody says 2xx. Keeps what was said. */
export class Load {
  readonly accepted: Accepted[] = [];
  readonly refused: Refused[] = [];
  /** Every name under which an event was ever sent. */
  readonly sent = new Set<string>();
  readonly total: number;
  #turn = 0;

  constructor(private readonly options: LoadOptions) {
    this.total = options.published.length * options.each;
  }

  /** Sends all; settles when every event was answered. */
  async send(): Promise<void> {
    const { published, each, random } = this.options;
    const all = published.flatMap((to) => Array.from({ length: each }, (_, index) => ({ to, index })));
    // What waits has to be waiting when the fault comes.
    const isFirst = ({ to }: (typeof all)[number]) => to.shape.name === 'wait';
    const waiting = [
      ...all.filter(isFirst),
      ...shuffled(
        all.filter((entry) => !isFirst(entry)),
        random,
      ),
    ];
    const send = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.#deliverAll(next.to, next.index);
    };
    await Promise.all(Array.from({ length: senders }, send));
  }

  /** Sends one more event and answers its run once WFAIB said yes. */
  async one(name: string): Promise<void> {
    await this.#deliver(
      this.options.published.find(({ shape }) => shape.name === name)!,
      `more${this.sent.size}`,
    );
  }

  /** Services that are not sure send the same again, sometimes before the first is answered. */
  async #deliverAll(to: Published, index: number): Promise<void> {
    await Promise.all(Array.from({ length: this.options.copies }, () => this.#deliver(to, index)));
  }

  async #deliver({ shape, workflowId }: Published, index: number | string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const event = `${this.options.label}-${shape.name}-${index}${shape.dedupes ? '' : `-${attempt}`}`;
      this.sent.add(event);
      const answer = await this.#post(shape, workflowId, event);
      if (answer && answer.status >= 200 && answer.status < 300) {
        const runId = answer.body.runId ?? answer.headers.get('x-wfaib-run-id');
        if (typeof runId !== 'string') throw new Error(`${event}: an answer ${answer.status} without a run.`);
        return void this.accepted.push({ event, shape, runId });
      }
      const isFinal = answer && (answer.status < 500 || (answer.body as { code?: string }).code === 'run.failed');
      if (isFinal) return void this.refused.push({ event, shape, status: answer.status, body: answer.body });
      await pause(150);
    }
  }

  #post(shape: Shape, workflowId: string, event: string) {
    const urls = this.options.urls();
    const url = urls[this.#turn++ % urls.length]!;
    if (shape.entry !== 'api') return ask<{ runId?: string }>('POST', `${url}/hooks/${shape.name}`, { event });
    return ask<{ runId?: string }>('POST', `${url}/api/runs`, { workflowId, input: { event }, idempotencyKey: event });
  }
}

/** Saves and publishes the workflows. */
export async function publishAll(
  url: string,
  shapes: Shape[],
  receiverUrl: string,
  change: (document: Document) => Document = (document) => document,
): Promise<Published[]> {
  const published: Published[] = [];
  for (const shape of shapes) {
    const made = await ask<{ id: string; problems: unknown[] }>(
      'POST',
      `${url}/api/workflows`,
      change(shape.document(receiverUrl)),
    );
    const live = made && (await ask('POST', `${url}/api/workflows/${made.body.id}/publish`, {}));
    if (live?.status !== 200)
      throw new Error(`${shape.name} cannot be published: ${JSON.stringify([made?.body, live?.body])}`);
    published.push({ shape, workflowId: made!.body.id });
  }
  return published;
}
