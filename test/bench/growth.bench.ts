import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { latencyOf } from '../../server/src/cli/bench/latency.js';
import { BenchScene, loadCells, report } from './bench-scene.js';

/** How far each of them is taken. BENCH_FULL=yes goes to the end; it needs an hour and 20 GB of disk. */
const isFull = process.env['BENCH_FULL'] === 'yes';

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

const median = (times: number[]): number => latencyOf(times).p50;

async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return taken;
}

describe('how cost grows with', () => {
  it.each([1, 10, 100, 1_000])('%i steps', async (steps) => {
    const target = await scene.publish(benchWorkflows.sets('steps', steps));
    const result = await scene.measure(target, 1, 3_000);
    const perStep = result.latency.p50 / steps;
    report('Chain of Set steps, one caller', {
      steps,
      ...loadCells(result),
      'p50 a step': perStep,
      'CPU/run': result.cpu.all,
    });
  });

  it.each([1, 10, 100])('%i steps, each an activity of Temporal (strict)', async (steps) => {
    const target = await scene.publish(benchWorkflows.sets('strict', steps, 'strict'));
    const result = await scene.measure(target, 1, 3_000);
    report('Chain of Set steps, strict, one caller', {
      steps,
      p50: result.latency.p50,
      'p50 a step': result.latency.p50 / steps,
    });
  });

  it.each([1, 10, 100, 500])('%i parallel branches', async (branches) => {
    const target = await scene.publish(benchWorkflows.branches('branches', branches));
    const result = await scene.measure(target, 1, 3_000);
    report('Parallel branches into a merge, one caller', { branches, ...loadCells(result), 'CPU/run': result.cpu.all });
  });

  it.each(isFull ? [1_000, 10_000] : [100, 1_000])('%i runs that wait', async (count) => {
    const made = await scene.wfaib.call<{ id: string }>('POST', '/api/workflows', waiting(`Waits ${count}`));
    await scene.wfaib.call('POST', `/api/workflows/${made.body.id}/publish`, {});
    const before = scene.usage().all.rssMb;
    const from = performance.now();
    const start = () => scene.wfaib.call('POST', '/api/runs', { workflowId: made.body.id });
    for (let done = 0; done < count; done += 50)
      await Promise.all(Array.from({ length: Math.min(50, count - done) }, start));
    const startedIn = performance.now() - from;
    const reply = await scene.publish(benchWorkflows.reply(`beside-${count}`));
    const { latency } = await scene.measure(reply, 1, 2_000);
    report('Runs waiting at once', {
      runs: count,
      'started in': startedIn,
      'memory more': scene.usage().all.rssMb - before,
      'webhook p50 beside them': latency.p50,
    });
  });

  it('published workflows', async () => {
    let published = 0;
    for (const count of isFull ? [100, 1_000, 10_000] : [100, 1_000]) {
      for (; published < count; published += 1) await scene.publish(benchWorkflows.reply(`many${published}`));
      const reply = { url: `${scene.wfaib.url}/hooks/many${count - 1}-reply-auto`, body: '{}' };
      const { latency } = await scene.measure(reply, 1, 2_000);
      const list = await timed(10, () => scene.wfaib.call('GET', '/api/workflows?limit=50'));
      report('Published workflows', {
        workflows: count,
        'webhook p50': latency.p50,
        'list of workflows p50': median(list),
      });
    }
  });

  it('stored runs', async () => {
    const reply = await scene.publish(benchWorkflows.reply('stored'));
    await scene.measure(reply, 1, 500);
    let stored = 0;
    for (const count of isFull ? [100_000, 1_000_000, 5_000_000] : [10_000, 200_000]) {
      await storeRuns(scene.wfaib.environment()['DATABASE_URL']!, reply.workflowId, count - stored);
      stored = count;
      const { latency } = await scene.measure(reply, 1, 2_000);
      const list = await timed(10, () => scene.wfaib.call('GET', '/api/runs?limit=50'));
      const failed = await timed(10, () => scene.wfaib.call('GET', '/api/runs?status=failed&limit=50'));
      report('Stored runs', {
        runs: count,
        'webhook p50': latency.p50,
        'run list p50': median(list),
        'failed ones p50': median(failed),
      });
    }
  });
});

function waiting(name: string): unknown {
  return {
    wfaib: 1,
    name,
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'wait', name: 'Wait', type: 'core.wait', parameters: { for: '2h' } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'wait' } }],
  };
}

/** Copies a finished run, its steps and its journal under new ids, spread over the month. */
async function storeRuns(databaseUrl: string, workflowId: string, count: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const columnsOf = async (table: string, id: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND column_name <> $2',
      [table, id],
    );
    return rows.map(({ name }) => `"${name}"`);
  };
  const newId = `(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n.i % 86400000), 12, '0') || '7' || substr(md5(n.i::text || clock_timestamp()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`;
  const [run, step, event] = [
    await columnsOf('run', 'id'),
    await columnsOf('run_step', 'run_id'),
    await columnsOf('run_event', 'run_id'),
  ];
  for (let done = 0; done < count; done += 50_000) {
    await client.query(
      `WITH model AS (SELECT * FROM run WHERE workflow_id = $1 AND ended_at IS NOT NULL ORDER BY id LIMIT 1),
       n AS (SELECT i + $3 AS i FROM generate_series(1, $2::int) i),
       made AS (INSERT INTO run (id, ${run.join(', ')}) SELECT ${newId}, ${run.map((name) => `model.${name}`).join(', ')} FROM model, n RETURNING id),
       steps AS (INSERT INTO run_step (run_id, ${step.join(', ')}) SELECT made.id, ${step.map((name) => `s.${name}`).join(', ')} FROM made, run_step s JOIN model ON s.run_id = model.id)
       INSERT INTO run_event (run_id, ${event.join(', ')}) SELECT made.id, ${event.map((name) => `e.${name}`).join(', ')} FROM made, run_event e JOIN model ON e.run_id = model.id`,
      [workflowId, Math.min(50_000, count - done), done],
    );
  }
  await client.query('ANALYZE run');
  await client.end();
}
