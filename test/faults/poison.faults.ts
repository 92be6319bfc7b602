import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, until } from './api.js';
import { Scene } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ only: ['strict'] });
});
afterAll(() => scene?.close());

interface Run {
  status: string;
  steps: { name: string; status: string }[];
}

it('a step that takes its server with it each time pauses its run, and goes on when somebody says so', async () => {
  const { receiver, wfaib } = scene;
  const call = () => ask<{ runId: string }>('POST', `${wfaib.url}/hooks/strict`, { event: 'poison' });
  const runId = (await call())!.body.runId;
  const show = async () => (await ask<Run>('GET', `${wfaib.url}/api/runs/${runId}`, undefined, 5_000))?.body;
  const arrivals = () => receiver.ledger.filter(({ path }) => path.includes('delay=')).length;

  let deaths = 0;
  await until(
    'the run is paused',
    async () => {
      if (arrivals() > deaths) {
        deaths += 1;
        process.kill(wfaib.serverPid(), 'SIGKILL');
      }
      return (await show())?.status === 'paused';
    },
    200_000,
  );
  expect(deaths).toBe(4);

  const from = performance.now();
  await ask('POST', `${wfaib.url}/api/runs/${runId}/resume`, {});
  await until('the run has ended', async () => (await show())?.status === 'succeeded', 60_000);
  console.log(`paused after ${deaths} deaths; ended ${((performance.now() - from) / 1_000).toFixed(1)} s after resume`);
  const keys = receiver.ledger.filter(({ path }) => path.includes('delay=')).map((row) => row.idempotencyKey);
  expect(new Set(keys).size).toBe(1);
}, 300_000);
