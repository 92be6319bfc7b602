import { mkdirSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { ensureBundle } from '../../../../test/support/temporal.js';
import type { TestEngine } from '../engine.test-support.js';
import { TemporalCodec } from './codec/temporal-codec.service.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { workflowIdOf } from './temporal-names.js';

/** What Temporal wrote down of a run that ended, once its workflow has ended as well. */
export async function historyOf(engine: TestEngine, runId: string, epoch = 1) {
  for (const end = Date.now() + 60_000; ;) {
    const handle = engine.get(TemporalConnection).link?.client.workflow.getHandle(workflowIdOf(runId, epoch));
    const description = await handle?.describe();
    // The row of a run ends a moment before its workflow does.
    if (description && description.status.name !== 'RUNNING') return handle!.fetchHistory();
    if (Date.now() > end) throw new Error(`The Temporal workflow of ${runId} did not end within a minute.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Replays what Temporal wrote down; with WFAIB_RECORD_HISTORIES set to a folder, keeps it there for later versions. */
export async function replay(engine: TestEngine, name: string, runId: string): Promise<void> {
  const history = await historyOf(engine, runId);
  const folder = process.env['WFAIB_RECORD_HISTORIES'];
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}.json`, historyToJSON(history));
  }
  const dataConverter = { payloadCodecs: [await engine.get(TemporalCodec).get()] };
  const workflowBundle = { codePath: await ensureBundle() };
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, history, `run:${runId}:1`);
}
