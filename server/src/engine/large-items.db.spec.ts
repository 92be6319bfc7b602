import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@wfaib/sdk/items';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../database/database.service.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from './engine.test-support.js';
import type { RunEnd } from './launcher/launched-run.js';

type Nodes = Parameters<typeof chain>[0];

const count = 60_000;
/** Sixty thousand items of a hundred bytes: more than a row takes. */
const many = {
  id: 'many',
  type: 'core.code',
  parameters: {
    timeoutMs: 60_000,
    memoryMb: 256,
    code: `return Array.from({ length: ${count} }, (_, n) => ({ n, even: n % 2 === 0, text: 'x'.repeat(60) }));`,
  },
};

describe.each(['postgres', 'disk'])('a run over many items, kept by %s', (driver) => {
  let engine: TestEngine;
  let database: Database;
  let drop: () => Promise<void>;
  const folder = mkdtempSync(join(tmpdir(), 'wfaib-data-'));

  beforeAll(async () => {
    const db = await createTestDatabase();
    engine = await startEngine(db, { WFAIB_DATA_DRIVER: driver, WFAIB_DATA_FOLDER: join(folder, 'data') });
    database = engine.get(Database);
    drop = () => db.drop();
  });
  afterAll(async () => {
    await engine.stop();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(nodes: Nodes, links?: string[]): Promise<RunEnd & { id: string }> {
    const { runId, end } = await engine.launch(chain([{ id: 'start', type: 'core.manual' }, many, ...nodes], links));
    const ended = await end(120_000);
    if (ended?.status !== 'succeeded' && ended?.status !== 'failed') throw new Error(`The run is ${ended?.status}.`);
    return { ...ended, id: runId };
  }

  async function outcome(nodes: Nodes, links?: string[]): Promise<JsonObject[] | undefined> {
    const ended = await run(nodes, links);
    expect(ended.error).toBeNull();
    return ended.result?.items.map(({ json }) => json);
  }

  it('works on it part by part and keeps the order', async () => {
    const made = await outcome([
      { id: 'set', type: 'core.set', parameters: { fields: { at: '={{ $itemIndex }}', twice: '={{ $json.n * 2 }}' } } },
      { id: 'filter', type: 'core.filter', parameters: { condition: '={{ $json.even }}' } },
      {
        id: 'code',
        type: 'core.code',
        parameters: { mode: 'each', code: 'return { n: $json.twice, at: $json.at, here: $itemIndex };' },
      },
      { id: 'rename', type: 'core.rename', parameters: { fields: { n: 'v' } } },
      {
        id: 'wrong',
        type: 'core.filter',
        parameters: { condition: '={{ $json.v !== $json.at * 2 || $json.here !== $json.at / 2 }}' },
      },
      { id: 'sum', type: 'core.summarize', parameters: { values: [{ op: 'count' }] } },
    ]);
    // Nothing is out of place, so nothing reaches the end.
    expect(made).toEqual([]);
  });

  it('gathers what fits into one item', async () => {
    const [item] = (await outcome([
      { id: 'set', type: 'core.set', parameters: { keep: 'none', fields: { n: '={{ $json.n + 1 }}' } } },
      { id: 'all', type: 'core.aggregate', parameters: { field: 'n' } },
    ]))!;
    const list = item!['data'] as number[];
    expect([list.length, list[0], list.at(-1)]).toEqual([count, 1, count]);
  });

  it('writes it into a file, and reads it back row by row', async () => {
    const [sum] = (await outcome([
      { id: 'write', type: 'core.fileWrite', parameters: { fileName: 'many.csv' } },
      { id: 'read', type: 'core.fileRead' },
      {
        id: 'right',
        type: 'core.filter',
        parameters: { condition: '={{ Number($json.n) === $itemIndex && $json.text.length === 60 }}' },
      },
      { id: 'sum', type: 'core.summarize', parameters: { values: [{ op: 'count', as: 'rows' }] } },
    ]))!;
    expect(sum).toEqual({ rows: count });
  });

  it('sums up by group', async () => {
    const made = await outcome([
      {
        id: 'sum',
        type: 'core.summarize',
        parameters: { by: ['even'], values: [{ op: 'count' }, { field: 'n', op: 'max', as: 'last' }] },
      },
    ]);
    expect(made).toEqual([
      { even: true, count: count / 2, last: count - 2 },
      { even: false, count: count / 2, last: count - 1 },
    ]);
  });

  it('keeps the last ones, and reads no more than those', async () => {
    const made = await outcome([{ id: 'limit', type: 'core.limit', parameters: { max: 2, from: 'end' } }]);
    expect(made?.map((json) => json['n'])).toEqual([count - 2, count - 1]);
  });

  it('drops what it saw in another part', async () => {
    const made = await outcome([
      {
        id: 'set',
        type: 'core.set',
        parameters: { keep: 'none', fields: { n: '={{ $json.n % 3 }}', t: '={{ $json.text }}' } },
      },
      { id: 'dedupe', type: 'core.dedupe', parameters: { by: ['n'] } },
    ]);
    expect(made?.map((json) => json['n'])).toEqual([0, 1, 2]);
  });

  it('joins lines and sends each item its way', async () => {
    const made = await outcome(
      [
        { id: 'if', type: 'core.if', parameters: { condition: '={{ $json.even }}' } },
        { id: 'merge', type: 'core.merge', parameters: {} },
        { id: 'first', type: 'core.limit', parameters: { max: 1 } },
        { id: 'sum', type: 'core.summarize', parameters: { values: [{ op: 'count' }] } },
      ],
      ['start>many', 'many>if', 'if.true>merge.in1', 'if.false>merge.in2', 'merge>first', 'merge>sum'],
    );
    expect(made).toEqual([{ count }]);
  });

  it('finds the item that another was made from', async () => {
    const made = await outcome([
      { id: 'drop', type: 'core.set', parameters: { keep: 'none', fields: { t: '={{ $json.text }}' } } },
      { id: 'back', type: 'core.set', parameters: { fields: { n: "={{ $('many').item.json.n }}" } } },
      { id: 'first', type: 'core.set', parameters: { fields: { of: "={{ $('many').last().json.n }}" } } },
      { id: 'last', type: 'core.limit', parameters: { max: 1, from: 'end' } },
    ]);
    expect(made).toMatchObject([{ n: count - 1, of: count - 1 }]);
  });

  it('says what to do where a step needs all of it and it is too much', async () => {
    const ended = await run([
      { id: 'grow', type: 'core.set', parameters: { fields: { more: '={{ $json.text.repeat(20) }}' } } },
      { id: 'sort', type: 'core.sort', parameters: { by: [{ field: 'n' }] } },
    ]);
    expect(ended.status).toBe('failed');
    expect(ended.error).toMatchObject({ code: 'step.inputTooLarge', nodeId: 'sort' });
    expect(ended.error?.message).toMatch(/needs all 60000 items at once.*Filter them/);
  });

  it('leaves nothing behind of a step that failed', async () => {
    const ended = await run([
      {
        id: 'fails',
        type: 'core.set',
        parameters: { fields: { bad: `={{ $json.n === ${count - 1} ? $json.a.b.c() : $json.text.repeat(5) }}` } },
      },
    ]);
    expect(ended.status).toBe('failed');
    const rows = await database.query('SELECT id FROM run_blob WHERE run_id = $1', [ended.id]);
    const kept = await database.query('SELECT port FROM run_data WHERE run_id = $1 AND chunks IS NOT NULL', [ended.id]);
    expect([rows.length, kept.length]).toEqual([1, 1]);
  });

  it('loops over it in batches', async () => {
    const made = await outcome(
      [
        { id: 'loop', type: 'core.loop', parameters: { batchSize: 25_000 } },
        { id: 'sum', type: 'core.summarize', parameters: { values: [{ op: 'count', as: 'items' }] } },
      ],
      ['start>many', 'many>loop', 'loop.loop>sum', 'sum>loop.next'],
    );
    expect(made?.map((json) => json['items'])).toEqual([25_000, 25_000, 10_000]);
  });
});
