import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const owner = { email: 'owner@example.test', password: 'a long enough password' };
const example = readFileSync(new URL('../../docs/examples/github-triage.json', import.meta.url), 'utf8');
const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples');

/** GitHub's own examples of its events: 329 payloads of 58 kinds. */
export const payloads = definitions.flatMap(({ name, examples }) => examples.map((body) => ({ name, body })));

/** WFAIB over HTTP, as its owner. */
export class Installation {
  constructor(url) {
    this.url = url;
  }

  /** Makes the owner with the one-time link, as a person does, and an API key. */
  async setUp(link) {
    const token = new URL(link).searchParams.get('token');
    const made = await this.call('POST', '/api/setup', { token, ...owner });
    if (made.status !== 201) throw new Error(`The owner was not made: ${made.status} ${JSON.stringify(made.body)}`);
    const cookie = made.headers.get('set-cookie').split(';')[0];
    this.key = (await this.call('POST', '/api/api-keys', { name: 'compose test' }, { cookie })).body.key;
  }

  async signIn() {
    return (await this.call('POST', '/api/session', owner)).status;
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(path.startsWith('/api') && this.key ? { authorization: `Bearer ${this.key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** Publishes the GitHub example under a durability, with a path of its own; `change` may alter it. */
  async publish(durability, change = () => {}) {
    const document = JSON.parse(example);
    const parametersOf = (id) => document.nodes.find((node) => node.id === id).parameters;
    document.settings.durability = durability;
    parametersOf('hook').path = `github-${durability}`;
    parametersOf('report').url = 'http://receiver:4010/triage';
    change(document, parametersOf);
    const { status, body } = await this.call('POST', '/api/workflows', document);
    if (status !== 201 || body.problems.length > 0) throw new Error(`Not taken: ${JSON.stringify(body)}`);
    const published = await this.call('POST', `/api/workflows/${body.id}/publish`, {});
    if (published.status !== 200) throw new Error(`Not published: ${JSON.stringify(published.body)}`);
    return `/hooks/${parametersOf('hook').path}`;
  }

  /** Sends an event as GitHub does: again, with the same delivery id, until somebody says 2xx. Answers the run's id. */
  async deliver(path, delivery, { name, body }) {
    const headers = { 'x-github-event': name, 'x-github-delivery': delivery };
    for (const end = Date.now() + 120_000; ;) {
      const answer = await this.call('POST', path, body, headers).catch(() => undefined);
      if (answer?.status >= 200 && answer?.status < 300) return answer.headers.get('x-wfaib-run-id');
      if (answer && answer.status < 500)
        throw new Error(`${delivery}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (Date.now() > end) throw new Error(`${delivery}: not taken within two minutes (${answer?.status})`);
      await sleep(200);
    }
  }

  async run(id) {
    return (await this.call('GET', `/api/runs/${id}`)).body;
  }

  async ended(id) {
    for (const end = Date.now() + 180_000; Date.now() < end;) {
      const answer = await this.call('GET', `/api/runs/${id}?wait=20s`).catch(() => undefined);
      if (['succeeded', 'failed', 'cancelled', 'paused'].includes(answer?.body?.status)) return answer.body;
      if (!answer || answer.status >= 500) await sleep(300);
    }
    return await this.run(id);
  }

  async health() {
    return (await this.call('GET', '/health/ready')).body;
  }
}

/** Sends `count` events with some senders at once; answers the runs by delivery. `watch` hears how many are answered. */
export async function sendEvents(wfaib, { path, prefix, count, senders = 6, watch = () => {} }) {
  const runs = new Map();
  let next = 0;
  const sender = async () => {
    while (next < count) {
      const number = next++;
      const delivery = `${prefix}-${number}`;
      runs.set(delivery, await wfaib.deliver(path, delivery, payloads[(number * 7) % payloads.length]));
      watch(runs.size);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return runs;
}
