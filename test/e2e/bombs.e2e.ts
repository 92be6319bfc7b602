import { afterAll, beforeAll, expect, it } from 'vitest';
import { bombs } from '../../server/src/sandbox/bombs.test-support.js';
import { startInstallation } from '../support/installation.js';
import type { Installation } from '../support/installation.js';

let wfaib: Installation;

beforeAll(async () => {
  wfaib = await startInstallation();
});
afterAll(() => wfaib?.stop());

interface Run {
  status: string;
  error: { code: string } | null;
}

/** A workflow of one step, which runs this code. */
const workflowOf = (name: string, code: string) => ({
  wfaib: 1,
  name,
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'code', name: 'Code', type: 'core.code', parameters: { code, timeoutMs: 1000 } },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'code' } }],
});

/** Starts a run and waits for its end. */
async function run(what: object): Promise<Run> {
  const { status, body } = await wfaib.call<Run>('POST', '/api/runs?wait=60s', what);
  expect([200, 202]).toContain(status);
  return body;
}

it('answers and works on while every known bomb goes off at once in code steps', { timeout: 300_000 }, async () => {
  const left = new Set(Object.keys(bombs));
  const ends: Record<string, string> = {};
  const exploding = Object.entries(bombs).map(async ([name, code]) => {
    const ended = await run({ document: workflowOf(name, code) });
    ends[name] = ended.error?.code ?? ended.status;
    left.delete(name);
  });

  const answersMs: number[] = [];
  const ask = async (): Promise<void> => {
    while (left.size > 0) {
      const from = performance.now();
      expect((await fetch(`${wfaib.url}/health/live`)).status).toBe(200);
      answersMs.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  let good = 0;
  const harmless = await wfaib.call<{ id: string }>(
    'POST',
    '/api/workflows',
    workflowOf('Harmless', 'return { ok: true }'),
  );
  const work = async (): Promise<void> => {
    while (left.size > 0) {
      expect(await run({ workflowId: harmless.body.id, version: 'draft' })).toMatchObject({
        status: 'succeeded',
        result: { items: [{ json: { ok: true } }] },
      });
      good++;
    }
  };
  await Promise.all([...exploding, ask(), work()]);

  expect(
    Object.entries(ends).filter(([, end]) => end !== 'succeeded' && !end.startsWith('code.') && end !== 'step.timeout'),
  ).toEqual([]);
  expect(ends).toMatchObject({
    'endless loop': 'code.timeout',
    'map without end': expect.stringMatching(/^code\./) as string,
  });
  expect(good).toBeGreaterThan(3);
  answersMs.sort((a, b) => a - b);
  console.log(
    `/health/live asked ${answersMs.length} times: median ${answersMs[Math.floor(answersMs.length / 2)]!.toFixed(0)} ms, ` +
      `slowest ${answersMs.at(-1)!.toFixed(0)} ms; harmless runs meanwhile: ${good}`,
  );
});
