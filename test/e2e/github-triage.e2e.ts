import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';
import { startReceiver } from '../support/receiver.js';
import type { Receiver } from '../support/receiver.js';

interface Event {
  delivery: string;
  name: string;
  body: unknown;
}

interface Document {
  nodes: { id: string; parameters: Record<string, unknown> }[];
  settings: Record<string, unknown>;
}

interface Run {
  id: string;
  status: string;
  durability: string;
  takeovers: number;
  steps: { id: string; name: string; status: string; attempt: number }[];
}

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
  name: string;
  examples: unknown[];
}[];
const example = readFileSync(new URL('../../docs/examples/github-triage.json', import.meta.url), 'utf8');
const senders = 8;
const kills = 3;

let wfaib: Installation;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  wfaib = await startInstallation();
});

afterAll(async () => {
  await wfaib?.stop();
  await receiver?.stop();
});

function eventsOf(durability: string): Event[] {
  return definitions.flatMap(({ name, examples }) =>
    examples.map((body, index) => ({ delivery: `${durability}-${name}-${index}`, name, body })),
  );
}

/** Publishes the example for one durability, with its own path and the address of the receiver. */
async function publish(durability: string): Promise<string> {
  const document = JSON.parse(example) as Document;
  document.settings.durability = durability;
  const parametersOf = (id: string) => document.nodes.find((node) => node.id === id)!.parameters;
  parametersOf('hook').path = `github-${durability}`;
  parametersOf('report').url = `${receiver.url}/triage`;
  const created = await wfaib.call<{ id: string; problems: unknown[] }>('POST', '/api/workflows', document);
  expect(created).toMatchObject({ status: 201, body: { problems: [] } });
  expect(await wfaib.call('POST', `/api/workflows/${created.body.id}/publish`, {})).toMatchObject({ status: 200 });
  return created.body.id;
}

/** Sends an event as GitHub does: again, with the same delivery id, until somebody says 2xx. Answers the run. */
async function deliver(durability: string, event: Event): Promise<string> {
  for (;;) {
    const answer = await wfaib
      .call<{ runId?: string }>('POST', `/hooks/github-${durability}`, event.body, {
        'x-github-event': event.name,
        'x-github-delivery': event.delivery,
      })
      .catch(() => undefined);
    if (answer && answer.status >= 200 && answer.status < 300) return answer.headers.get('x-wfaib-run-id')!;
    if (answer && answer.status < 500)
      throw new Error(`${event.delivery}: ${answer.status} ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Kills the server whenever a further part of the events has been answered. */
async function killOnTheWay(answered: () => number, total: number): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    while (answered() < (total * kill) / (kills + 1)) await new Promise((resolve) => setTimeout(resolve, 20));
    wfaib.signal('all', 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await wfaib.ready();
  }
}

async function ended(runId: string): Promise<Run> {
  for (;;) {
    const { body } = await wfaib.call<Run>('GET', `/api/runs/${runId}?wait=30s`);
    if (['succeeded', 'failed', 'cancelled', 'paused'].includes(body.status)) return body;
  }
}

describe.each(['auto', 'standard', 'strict', 'queue'])(
  'every GitHub event, durability %s, the server killed three times',
  (durability) => {
    it(
      'is finished once it was accepted, and done twice only under the same idempotency key',
      { timeout: 600_000 },
      async () => {
        await publish(durability);
        const events = eventsOf(durability);
        const runs = new Map<string, string>();
        const waiting = [...events];
        const send = async (): Promise<void> => {
          for (let event = waiting.shift(); event; event = waiting.shift())
            runs.set(event.delivery, await deliver(durability, event));
        };
        const from = performance.now();
        await Promise.all([...Array.from({ length: senders }, send), killOnTheWay(() => runs.size, events.length)]);

        let takeovers = 0;
        for (const runId of runs.values()) {
          const run = await ended(runId);
          expect(run).toMatchObject({ status: 'succeeded' });
          expect(run.steps.filter((step) => step.status !== 'succeeded')).toEqual([]);
          // One visit of each node on the way, none twice.
          expect(new Set(run.steps.map((step) => step.name)).size).toBe(run.steps.length);
          takeovers += run.takeovers;
        }
        const keys = new Map<string, string[]>();
        for (const { body, idempotencyKey } of receiver.ledger) {
          const { delivery } = body as { delivery: string };
          if (delivery.startsWith(`${durability}-`))
            keys.set(delivery, [...(keys.get(delivery) ?? []), idempotencyKey!]);
        }
        expect([...keys.keys()].sort()).toEqual(events.map((event) => event.delivery).sort());
        expect([...keys].filter(([, used]) => new Set(used).size !== 1)).toEqual([]);
        const repeated = [...keys.values()].filter((used) => used.length > 1).length;
        console.log(
          `${durability}: ${events.length} events in ${((performance.now() - from) / 1000).toFixed(1)} s, lost 0, ` +
            `repeated under the same key ${repeated}, runs taken over ${takeovers}`,
        );
      },
    );
  },
);
