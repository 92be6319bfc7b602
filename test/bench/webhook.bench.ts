import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { BenchScene, loadCells, report, type Cells } from './bench-scene.js';

const durabilities = ['auto', 'express', 'standard', 'strict', 'queue'] as const;
const connections = [1, 10, 100];

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

describe('webhook, one step, answer', () => {
  it.each(durabilities)('with durability %s', async (durability) => {
    const target = await scene.publish(benchWorkflows.reply('hook', durability));
    for (const callers of connections) {
      const result = await scene.measure(target, callers);
      const { all, postgres, temporal } = result.cpu;
      const cpu = { 'CPU/run': all, 'of it PostgreSQL': postgres, 'of it Temporal': temporal };
      report('Webhook, Set with an expression, Respond', { durability, callers, ...loadCells(result), ...cpu });
      if (callers === 1)
        report('Where its time goes, one caller', {
          durability,
          'call p50': result.latency.p50,
          ...(await partsOf(target.workflowId)),
        });
    }
  });
});

/** Medians of the newest runs: milliseconds until they began, in their steps, and in all else up to their end. */
async function partsOf(workflowId: string): Promise<Cells> {
  const client = new Client({ connectionString: scene.wfaib.environment()['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<Cells>(
      `WITH newest AS (
         SELECT r.created_at, r.started_at, r.ended_at,
           (SELECT coalesce(sum(s.ended_at - s.started_at), '0') FROM run_step s WHERE s.run_id = r.id) AS steps
         FROM run r WHERE r.workflow_id = $1 AND r.ended_at IS NOT NULL ORDER BY r.id DESC LIMIT 200
       )
       SELECT ${median('started_at - created_at')} AS queue, ${median('steps')} AS steps,
         ${median('ended_at - started_at - steps')} AS "engine and journal"
       FROM newest`,
      [workflowId],
    );
    return rows[0]!;
  } finally {
    await client.end();
  }
}

const median = (interval: string): string =>
  `(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${interval}) * 1000))::float`;
