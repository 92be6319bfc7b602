import { describe, expect, it } from 'vitest';
import { bodiesFrom, itemsOf, placeOn, runNode, testNow } from '../test-context.test-support.js';
import { loopNode } from './loop.node.js';
import { manualNode } from './manual.node.js';
import { noopNode } from './noop.node.js';
import { respondNode } from './respond.node.js';
import { stopNode } from './stop.node.js';
import { waitNode } from './wait.node.js';
import { webhookNode } from './webhook.node.js';

describe('core.loop in batches', () => {
  const all = itemsOf({ n: 1 }, { n: 2 }, { n: 3 });
  const visit = (visit: number, next = itemsOf()) => ({
    parameters: { batchSize: 2 },
    inputs: { main: all, next },
    context: { visit },
  });

  it('sends one batch a visit, then all that came back', async () => {
    expect(await bodiesFrom(loopNode, visit(0))).toEqual({ loop: [{ n: 1 }, { n: 2 }] });
    expect(await bodiesFrom(loopNode, visit(1, itemsOf({ back: 1 })))).toEqual({ loop: [{ n: 3 }] });
    const { outputs } = await runNode(loopNode, visit(2, itemsOf({ back: 1 }, { back: 2 })));
    expect(outputs).toEqual({
      done: [
        { json: { back: 1 }, source: [placeOn('next', 0)] },
        { json: { back: 2 }, source: [placeOn('next', 1)] },
      ],
    });
  });

  it('names the item of the whole input, not of the batch', async () => {
    const { outputs } = await runNode(loopNode, visit(1));
    expect(outputs['loop']?.[0]?.source).toEqual([placeOn('main', 2)]);
  });

  it('takes one item at a time by default', async () => {
    expect(await bodiesFrom(loopNode, { inputs: { main: all } })).toEqual({ loop: [{ n: 1 }] });
  });
});

describe('core.loop while', () => {
  const visit = (visit: number, input: number, back: number, more: object = {}) => ({
    parameters: { mode: 'while', while: '={{ $json.n < 3 }}', ...more },
    inputs: { main: itemsOf({ n: input }), next: itemsOf({ n: back }) },
    context: { visit },
  });

  it('asks the input first, then what came back', async () => {
    expect(await bodiesFrom(loopNode, visit(0, 0, 9))).toEqual({ loop: [{ n: 0 }] });
    expect(await bodiesFrom(loopNode, visit(1, 9, 1))).toEqual({ loop: [{ n: 1 }] });
    expect(await bodiesFrom(loopNode, visit(2, 0, 3))).toEqual({ done: [{ n: 3 }] });
  });

  it('goes round not once when the condition is false at first', async () => {
    expect(await bodiesFrom(loopNode, visit(0, 5, 0))).toEqual({ done: [{ n: 5 }] });
  });

  it('ends when nothing came back', async () => {
    const step = { ...visit(3, 0, 0), inputs: { main: itemsOf({ n: 0 }), next: [] } };
    expect(await bodiesFrom(loopNode, step)).toEqual({ done: [] });
  });

  it('fails when the condition holds after the most rounds', async () => {
    expect(await bodiesFrom(loopNode, visit(4, 0, 1, { maxIterations: 5 }))).toEqual({ loop: [{ n: 1 }] });
    await expect(runNode(loopNode, visit(5, 0, 1, { maxIterations: 5 }))).rejects.toMatchObject({
      error: { code: 'loop.maxIterations', retryable: false },
    });
    expect(await bodiesFrom(loopNode, visit(5, 0, 3, { maxIterations: 5 }))).toEqual({ done: [{ n: 3 }] });
  });
});

describe('core.wait', () => {
  const waits = async (parameters: Record<string, unknown>, timezone = 'UTC') =>
    (await runNode(waitNode, { parameters, items: [{ at: '2026-03-02T00:00:00Z' }], context: { timezone } })).waits;

  it.each([
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['PT5M', 300_000],
  ])('waits for %s', async (duration, durationMs) => {
    expect(await waits({ for: duration })).toEqual([{ kind: 'timer', until: testNow + durationMs }]);
  });

  it('waits until a moment, in the time zone of the workflow when it names none', async () => {
    expect(await waits({ until: '={{ $json.at }}' })).toEqual([{ kind: 'timer', until: Date.UTC(2026, 2, 2) }]);
    expect(await waits({ until: '2026-03-02T00:00' }, 'Europe/Berlin')).toEqual([
      { kind: 'timer', until: Date.UTC(2026, 2, 1, 23) },
    ]);
  });

  it('waits for a call, for ever or not', async () => {
    expect(await waits({ webhook: true })).toEqual([{ kind: 'webhook' }]);
    expect(await waits({ webhook: true, timeout: '1h' })).toEqual([{ kind: 'webhook', until: testNow + 3_600_000 }]);
  });

  it.each([{}, { for: 'soon' }, { until: 'tomorrow' }, { webhook: true, timeout: '-1h' }])(
    'refuses %j',
    async (parameters) => {
      await expect(waits(parameters)).rejects.toMatchObject({ error: { code: 'parameter.invalid' } });
    },
  );
});

describe('core.respond', () => {
  const reply = async (parameters: Record<string, unknown>, items = [{ a: 1 }]) =>
    (await runNode(respondNode, { parameters, items })).reply;

  it('sends text as text/plain and anything else as JSON', async () => {
    expect(await reply({ body: 'hello' })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'hello',
    });
    expect(await reply({ status: 201, body: '={{ [$json.a] }}' })).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '[1]',
    });
  });

  it('sends no body with a status that has none', async () => {
    expect(await reply({ status: 204, body: 'hello' })).toEqual({ status: 204, headers: {} });
  });

  it('sends the first item without a body', async () => {
    expect((await reply({}, [{ a: 1 }, { a: 2 }]))?.body).toBe('{"a":1}');
  });

  it('adds headers, lets them replace the content type, and leaves out null', async () => {
    const headers = { 'Content-Type': 'text/html', 'X-Count': 3, 'X-None': null };
    expect((await reply({ body: '<b>', headers }))?.headers).toEqual({ 'content-type': 'text/html', 'x-count': '3' });
  });

  it('sends a file of the first item', async () => {
    const data = { id: 'f', name: 'a.pdf', mimeType: 'application/pdf', size: 1, sha256: 'aa' };
    const step = { parameters: { file: 'data' }, inputs: { main: [{ json: {}, files: { data } }] } };
    expect((await runNode(respondNode, step)).reply).toEqual({
      status: 200,
      headers: { 'content-type': 'application/pdf' },
      file: data,
    });
    await expect(reply({ file: 'other' })).rejects.toMatchObject({ error: { code: 'file.missing' } });
  });

  it('passes its items on', async () => {
    expect(await bodiesFrom(respondNode, { items: [{ a: 1 }, { a: 2 }] })).toEqual({ main: [{ a: 1 }, { a: 2 }] });
  });
});

describe('core.stop', () => {
  it('fails the run with its message', async () => {
    const step = { parameters: { message: '=Order {{ $json.id }} is lost' }, items: [{ id: 7 }] };
    await expect(runNode(stopNode, step)).rejects.toMatchObject({
      error: { code: 'run.stopped', message: 'Order 7 is lost', nodeId: 'n1', retryable: false },
    });
  });
});

describe.each([manualNode, webhookNode, noopNode])('$descriptor.type', (node) => {
  it('passes its items on', async () => {
    const { outputs } = await runNode(node, { inputs: { main: itemsOf({ a: 1 }) } });
    expect(outputs).toEqual({ main: [{ json: { a: 1 }, source: [placeOn('main', 0)] }] });
  });
});
