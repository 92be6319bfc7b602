import { Client, Connection } from '@temporalio/client';
import { pause } from './api.js';

/**
 * Longest a Temporal workflow may outlive its run, in milliseconds: one that no worker can go on with is ended in the second
 * round of those, a minute each, that it is found in.
 */
const patienceMs = 150_000;

/**
 * The two stores agree: a run that has ended, or is unknown, has no Temporal workflow at work any more, of whatever epoch.
 * @param env settings of a server
 */
export async function leftOpenOnTemporal(env: Record<string, string>, runIds: string[]): Promise<string[]> {
  const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS']! });
  try {
    const client = new Client({ connection, namespace: env['TEMPORAL_NAMESPACE'] ?? 'default' });
    const runs = new Set(runIds);
    for (const end = performance.now() + patienceMs; ; await pause(1_000)) {
      const open: string[] = [];
      for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" }))
        if (runs.has(workflowId.split(':')[1] ?? '')) open.push(workflowId);
      if (open.length === 0 || performance.now() > end) return open;
    }
  } finally {
    await connection.close();
  }
}
