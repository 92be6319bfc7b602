import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, pause, until } from './api.js';
import { startHttpProxy, type HttpProxy } from './http-proxy.js';
import { Scene } from './scene.js';

/** Two servers that answer, behind a proxy, and one that works. */
let scene: Scene;
let proxy: HttpProxy;
/** What the proxy knows of: one that has ended stays in its list until another takes its place. */
let servers: string[];
beforeAll(async () => {
  scene = await Scene.open({ env: { WFAIB_ROLE: 'api' }, others: ['api', 'worker'], only: ['plain', 'express'] });
  servers = scene.urls();
  proxy = await startHttpProxy(() => servers);
});
afterAll(async () => {
  await proxy?.stop();
  await scene?.close();
});

const callers = 10;
const quietMs = 3_000;

/** Calls all the time, and waits for the answer of each run. */
function callAllTheTime(): { heard: Map<string, number>; stop: () => Promise<void> } {
  const heard = new Map<string, number>();
  const state = { isOver: false, calls: 0 };
  const one = async () => {
    while (!state.isOver) {
      const path = state.calls++ % 2 === 0 ? 'plain' : 'express';
      const answer = await ask('POST', `${proxy.url}/hooks/${path}`, { event: `drain-${state.calls}` });
      const what = answer === undefined ? 'nothing' : `${answer.status} ${codeOf(answer.body)}`.trim();
      heard.set(what, (heard.get(what) ?? 0) + 1);
    }
  };
  const all = Promise.all(Array.from({ length: callers }, one));
  return {
    heard,
    stop: async () => {
      state.isOver = true;
      await all;
    },
  };
}

it('servers that are asked to stop in turn, behind a proxy, fail no request and end within 30 s with code 0', async () => {
  const load = callAllTheTime();
  await pause(quietMs);
  const { wfaib, others } = scene;

  const [second] = others;
  const from = performance.now();
  second!.signal('SIGTERM');
  const how = await scene.gone(second!);
  const secondMs = performance.now() - from;
  servers = [wfaib.url, (await scene.addServer('api')).url];
  await pause(quietMs);

  const pid = wfaib.serverPid();
  const fromFirst = performance.now();
  process.kill(pid, 'SIGTERM');
  await until('the first server has ended', () => !isThere(pid), 30_000);
  const firstMs = performance.now() - fromFirst;
  await wfaib.ready();
  await pause(quietMs);
  await load.stop();

  console.table([
    {
      requests: [...load.heard.values()].reduce((sum, count) => sum + count, 0),
      answers: JSON.stringify(Object.fromEntries(load.heard)),
      'second ended in s': secondMs / 1_000,
      'first ended in s': firstMs / 1_000,
    },
  ]);
  expect(how).toBe(0);
  expect(wfaib.output()).toMatch(/server ended \(code 0\)/);
  expect([...load.heard.keys()].toSorted()).toEqual(['200']);
  expect(Math.max(firstMs, secondMs)).toBeLessThan(30_000);
});

const codeOf = (body: unknown): string => (body as { code?: string } | null)?.code ?? '';

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
