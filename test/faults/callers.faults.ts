import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './api.js';
import { allIsWell, Scene } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ others: ['all'], only: ['express', 'parallel', 'queue'] });
});
afterAll(() => scene?.close());

it('each event sent five times at once, to two servers, is one run', async () => {
  const row = await scene.tryFault({
    name: 'each event sent five times at once',
    each: 6,
    copies: 5,
    inject: () => {},
  });
  expect(row).toMatchObject(allIsWell);
});

it('a key that comes back with another input is refused, and the first run stays what it was', async () => {
  const workflowId = scene.workflowId('express');
  const idempotencyKey = 'the same key';
  const starting = (event: string) => ({ workflowId, input: { event }, idempotencyKey });
  const first = await ask<{ runId: string }>('POST', `${scene.urls()[0]}/api/runs`, starting('key-1'));
  const second = await ask<{ code: string }>('POST', `${scene.urls()[1]}/api/runs`, starting('key-2'));
  expect(first?.status).toBe(202);
  expect([second?.status, second?.body.code]).toEqual([409, 'run.keyReused']);
  const again = await ask<{ id: string }>('POST', `${scene.urls()[1]}/api/runs`, starting('key-1'));
  expect([again?.status, again?.body.id]).toEqual([200, first?.body.runId]);
});
