import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerKey, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { EventBus } from '../events/event-bus.service.js';
import { runChangedChannel, stepProgressChannel } from '../runs/run.events.js';
import { storeEvent, storeRun } from '../runs/stored-run.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

interface Heard {
  id: string | undefined;
  event: string;
  data: Record<string, unknown>;
}

/** Opens a stream and hands out its events as they come. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${ownerKey}`, ...headers },
  });
  return { response, events: eventsOf(response) };
}

async function* eventsOf(response: Response): AsyncGenerator<Heard> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks.filter((one) => !one.startsWith(':'))) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      yield { id: fields['id'], event: fields['event']!, data: JSON.parse(fields['data']!) as Record<string, unknown> };
    }
  }
}

async function all(events: AsyncGenerator<Heard>): Promise<Heard[]> {
  const heard: Heard[] = [];
  for await (const event of events) heard.push(event);
  return heard;
}

const database = () => server.db.database;
const aRun = (status: string) => storeRun(database(), { projectId: server.db.projectId, status });
const tell = (runId: string) =>
  server.app
    .get(EventBus)
    .publish(runChangedChannel, { runId, projectId: server.db.projectId, workflowId: null, status: 'running', seq: 1 });

async function anEndedRun(): Promise<string> {
  const id = await aRun('succeeded');
  await storeEvent(database(), id, 1, { type: 'run.created' });
  await storeEvent(database(), id, 2, { type: 'step.succeeded', step: 's', nodeId: 'set', claim: 'secret' } as never);
  await storeEvent(database(), id, 3, { type: 'wait.resolved', step: 'w', nodeId: 'wait' } as never);
  await storeEvent(database(), id, 4, { type: 'run.finished', status: 'succeeded' } as never);
  return id;
}

describe('the events of a run', () => {
  it('are replayed from the beginning and end with the run', async () => {
    const { response, events } = await listen(`/api/runs/${await anEndedRun()}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const heard = await all(events);
    expect(heard.map(({ id, event }) => [id, event])).toEqual([
      ['1', 'run.created'],
      ['2', 'step.succeeded'],
      ['3', 'step.resumed'],
      ['4', 'run.finished'],
    ]);
    expect(heard[1]!.data).toMatchObject({ type: 'step.succeeded', nodeId: 'set', seq: 2 });
    expect(JSON.stringify(heard)).not.toContain('secret');
  });

  it('go on after the last one the browser has', async () => {
    const { events } = await listen(`/api/runs/${await anEndedRun()}/events`, { 'last-event-id': '2' });
    expect((await all(events)).map(({ id }) => id)).toEqual(['3', '4']);
  });

  it('tell a browser that has them all to stay away', async () => {
    const { response } = await listen(`/api/runs/${await anEndedRun()}/events`, { 'last-event-id': '4' });
    expect(response.status).toBe(204);
  });

  it('come as they happen', async () => {
    const id = await aRun('running');
    const { events } = await listen(`/api/runs/${id}/events`);
    for (const [seq, type] of [
      [1, 'run.created'],
      [2, 'step.succeeded'],
    ] as const) {
      await storeEvent(database(), id, seq, { type });
      tell(id);
      expect((await events.next()).value).toMatchObject({ id: String(seq), event: type });
    }
    await storeEvent(database(), id, 3, { type: 'run.finished' });
    await database().query(`UPDATE run SET status = 'succeeded', ended_at = now() WHERE id = $1`, [id]);
    tell(id);
    expect((await all(events)).map(({ id: seq }) => seq)).toEqual(['3']);
  });

  it('tell how far a step is, without a number of their own', async () => {
    const id = await aRun('running');
    const { events } = await listen(`/api/runs/${id}/events`);
    await storeEvent(database(), id, 1, { type: 'run.created' });
    tell(id);
    await events.next();
    const news = { runId: id, step: 's', nodeId: 's', attempt: 1, fraction: 0.4, text: 'sending', since: 1, at: 2 };
    server.app.get(EventBus).publish(stepProgressChannel, news);
    expect((await events.next()).value).toEqual({
      id: undefined,
      event: 'step.progress',
      data: { type: 'step.progress', ...news },
    });
    await database().query(`UPDATE run SET status = 'succeeded', ended_at = now() WHERE id = $1`, [id]);
    tell(id);
    expect(await all(events)).toEqual([]);
  });

  it('come even when the notice got lost', async () => {
    const id = await aRun('running');
    const { events } = await listen(`/api/runs/${id}/events`);
    await storeEvent(database(), id, 1, { type: 'run.finished' });
    await database().query(`UPDATE run SET status = 'failed', ended_at = now() WHERE id = $1`, [id]);
    expect((await all(events)).map(({ event }) => event)).toEqual(['run.finished']);
  });

  it('do not exist for strangers', async () => {
    const foreign = await storeRun(database(), { projectId: '0190aaaa-0000-7000-8000-000000000002' });
    for (const headers of [{}, { 'last-event-id': '5' }, { 'last-event-id': 'x'.repeat(50) }] as Record<
      string,
      string
    >[]) {
      expect((await listen(`/api/runs/${foreign}/events`, headers)).response.status).toBe(404);
    }
  });
});

describe('the events of a project', () => {
  it('tell which runs changed, each once, and none of other projects', async () => {
    const { events } = await listen('/api/events');
    const next = events.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const bus = server.app.get(EventBus);
    const change = (runId: string, projectId: string, seq: number) =>
      bus.publish(runChangedChannel, { runId, projectId, workflowId: null, status: 'running', mode: 'test', seq });
    change('foreign', '0190aaaa-0000-7000-8000-000000000002', 1);
    for (const seq of [1, 2, 3]) change('mine', server.db.projectId, seq);
    expect((await next).value).toEqual({
      id: undefined,
      event: 'run.changed',
      data: { runId: 'mine', workflowId: null, status: 'running', mode: 'test', seq: 3 },
    });
    await events.return(undefined);
  });
});
