import { describe, expect, it } from 'vitest';
import type { ItemOutcome, OutputItem } from './core-node.types.js';
import { noopNode } from './core/noop.node.js';
import { runPerItem } from './per-item.js';
import { placeOn, testContext, type TestStep } from './test-context.test-support.js';

const four = [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }];
const out = (n: number): OutputItem[] => [{ json: { done: n }, source: [placeOn('main', n)] }];

/** Works on four items; those in `failing` throw. */
async function work(failing: number[], step: TestStep = {}, concurrency = 1) {
  const worked: number[] = [];
  const context = testContext(noopNode, { items: four, ...step });
  const run = runPerItem(context, { concurrency }, async (_, index) => {
    worked.push(index);
    // Later items finish first.
    for (let turn = index; turn < 8; turn++) await Promise.resolve();
    if (failing.includes(index)) throw Object.assign(new Error(`no ${index}`), { code: 'test.failed', status: 418 });
    return out(index);
  });
  return { run, worked };
}

describe('work per item', () => {
  it.each([1, 3, 100])('keeps the order of the input with %d at a time', async (concurrency) => {
    const { run } = await work([], {}, concurrency);
    expect((await run).outputs['main']?.map(({ json }) => json['done'])).toEqual([0, 1, 2, 3]);
  });

  it('works on no more than the allowed number at a time', async () => {
    let [active, most] = [0, 0];
    const context = testContext(noopNode, { items: four });
    await runPerItem(context, { concurrency: 2 }, async (_, index) => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setImmediate(resolve));
      active--;
      return out(index);
    });
    expect(most).toBe(2);
  });

  it('begins no new item after one failed, and tells of the first and of what is done', async () => {
    const { run, worked } = await work([1]);
    await expect(run).rejects.toMatchObject({
      error: { code: 'test.failed', message: 'no 1', nodeId: 'n1', status: 418 },
    });
    expect(worked).toEqual([0, 1]);
    const failure = (await run.catch((error: unknown) => error)) as { finished: Map<number, ItemOutcome> };
    expect([...failure.finished.keys()]).toEqual([0]);
  });

  it('lets failed items go on beside the others', async () => {
    const { run } = await work([1], { node: { onError: 'continue' } });
    const failed = { n: 1, error: { code: 'test.failed', message: 'no 1', nodeId: 'n1', status: 418 } };
    expect((await run).outputs['main']?.map(({ json }) => json)).toEqual([
      { done: 0 },
      failed,
      { done: 2 },
      { done: 3 },
    ]);
  });

  it('sends failed items to the port error, with their lineage', async () => {
    const { outputs } = await (await work([1, 3], { node: { onError: 'errorOutput' } }, 4)).run;
    expect(outputs['main']).toHaveLength(2);
    expect(outputs['error']?.map(({ source }) => source)).toEqual([[placeOn('main', 1)], [placeOn('main', 3)]]);
  });

  it('repeats unfinished items only', async () => {
    const first = await work([2], { node: { onError: 'continue' }, context: { mayRetry: () => true } });
    const { finished } = (await first.run.catch((error: unknown) => error)) as { finished: Map<number, ItemOutcome> };
    const second = await work([], { context: { finished } });
    expect((await second.run).outputs['main']?.map(({ json }) => json['done'])).toEqual([0, 1, 2, 3]);
    expect(second.worked).toEqual([2, 3]);
  });

  it('does not repeat an item whose failure is final', async () => {
    const finished = new Map<number, ItemOutcome>([[0, { ok: false, error: { code: 'x', message: 'no' } }]]);
    const { run, worked } = await work([], { node: { onError: 'continue' }, context: { finished } });
    expect((await run).outputs['main']?.[0]?.json).toMatchObject({ n: 0, error: { code: 'x' } });
    expect(worked).toEqual([1, 2, 3]);
  });

  it('works on the first item only when told so', async () => {
    const { run } = await work([], { node: { executeOnce: true } });
    expect((await run).outputs['main']).toHaveLength(1);
  });

  it('passes on that the step was cancelled', async () => {
    const stop = new AbortController();
    const context = testContext(noopNode, {
      items: four,
      node: { onError: 'continue' },
      context: { signal: stop.signal },
    });
    const run = runPerItem(context, {}, () => {
      stop.abort(new Error('cancelled'));
      throw new Error('late');
    });
    await expect(run).rejects.toThrow('cancelled');
  });

  it('passes on an error that is not about the item', async () => {
    const context = testContext(noopNode, { items: four, node: { onError: 'continue' } });
    const lost = Object.assign(new Error('no longer the owner'), { endsStep: true });
    await expect(runPerItem(context, {}, () => Promise.reject(lost))).rejects.toBe(lost);
  });

  it('passes on what the context says ends the step', async () => {
    const away = new Error('The database is away.');
    const context = testContext(noopNode, {
      items: four,
      node: { onError: 'continue' },
      context: { endsStep: (thrown) => thrown === away },
    });
    await expect(runPerItem(context, {}, () => Promise.reject(away))).rejects.toBe(away);
  });

  it('tells of each item that is done', async () => {
    const told: number[] = [];
    const { run } = await work([2], { context: { itemFinished: (index) => told.push(index) } });
    await run.catch(() => undefined);
    expect(told).toEqual([0, 1]);
  });
});
