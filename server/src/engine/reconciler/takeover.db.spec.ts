import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { noteUnknownEvent } from '../../../../test/support/unknown-event.js';
import { chain, type TestEngine } from '../engine.test-support.js';
import { CredentialPlaces } from '../../credentials/credential-places.service.js';
import { FileStore } from '../../runs/file-store.service.js';
import { ProcessHost } from '../host/process-host.service.js';
import { GroupCommit } from '../journal/group-commit.js';
import { QueueHost } from '../queue/queue-host.service.js';
import { ProcessLease } from '../process/process-lease.service.js';
import { HealthChecks } from '../../lifecycle/health-checks.service.js';
import { Variables } from '../../variables/variables.service.js';
import { Reconciler } from './reconciler.service.js';
import { startTwoEngines } from '../two-engines.test-support.js';

const { db, one, two } = await startTwoEngines();

const sending = chain(
  [
    { id: 'start', type: 'core.manual' },
    { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } },
    { id: 'end', type: 'core.noop' },
  ],
  undefined,
  { durability: 'express' },
);
const expire = (engine: TestEngine) =>
  db.database.query("UPDATE process SET lease_until = now() - interval '1 second' WHERE id = $1", [
    engine.get(ProcessLease).processId,
  ]);
const runRow = async (runId: string) =>
  (
    await db.database.query<{ status: string; epoch: number; takeovers: number; stalls: number }>(
      'SELECT status, epoch, takeovers, stalls FROM run WHERE id = $1',
      [runId],
    )
  )[0]!;
const until = async (what: () => Promise<boolean> | boolean) => {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('a run whose process is gone', () => {
  it('goes on in another one, which repeats the open effect with the same key; the first owner is fenced', async () => {
    let letGo: () => void = () => undefined;
    one.answer = () =>
      new Promise((resolve) => (letGo = () => resolve({ ok: true, items: [{ json: { by: 'one' } }] })));
    two.answer = () => ({ ok: true, items: [{ json: { by: 'two' } }] });
    const run = await one.launch(sending, [{ n: 1 }], { answersCaller: false });
    await until(() => one.calls.length === 1);
    await expire(one);
    await two.get(Reconciler).round();
    const end = await run.end(5_000);
    expect(end).toMatchObject({ status: 'succeeded', result: { items: [{ json: { by: 'two' } }] } });
    letGo();
    await until(() => !one.get(ProcessHost).has(run.runId));
    expect(two.calls.at(-1)?.key).toBe(one.calls.at(-1)?.key);
    expect(await runRow(run.runId)).toMatchObject({ status: 'succeeded', epoch: 2, takeovers: 1 });
    const outcomes = await db.database.query(
      "SELECT 1 FROM run_event WHERE run_id = $1 AND type = 'step.succeeded' AND data LIKE '%\"send\"%'",
      [run.runId],
    );
    expect(outcomes).toHaveLength(1);
  });

  it('keeps the time limit it was given: what is left of it is all there is', async () => {
    const timeoutMs = 3_000;
    const limited = { ...sending, settings: { ...sending.settings, timeoutMs } };
    const never = ({ signal }: { signal: AbortSignal }) =>
      new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      );
    [one.answer, two.answer] = [never, never];
    const before = one.calls.length;
    const run = await one.launch(limited, [{ n: 1 }], { answersCaller: false });
    await until(() => one.calls.length > before);
    await new Promise((resolve) => setTimeout(resolve, timeoutMs / 2));
    await expire(one);
    await two.get(Reconciler).round();
    expect(await run.end(15_000)).toMatchObject({ status: 'failed', error: { code: 'run.timeout' } });
    const at = async (type: string) =>
      (
        await db.database.query<{ at: Date }>('SELECT at FROM run_event WHERE run_id = $1 AND type = $2', [
          run.runId,
          type,
        ])
      )[0]!.at.getTime();
    const [created, takenOver, over] = [await at('run.created'), await at('run.handedOver'), await at('run.timedOut')];
    expect(over).toBeGreaterThanOrEqual(created + timeoutMs);
    expect(over).toBeLessThan(takenOver + timeoutMs);
  });

  it('gives a try that is repeated the whole limit of its step, and ends it then', async () => {
    const limited = chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'send', type: 'test.send', timeoutMs: 1_000, parameters: { value: '={{ $json.n }}' } },
      ],
      undefined,
      { durability: 'express' },
    );
    const hangs = () => new Promise<never>(() => undefined);
    [one.answer, two.answer] = [hangs, hangs];
    const before = one.calls.length;
    const run = await one.launch(limited, [{ n: 1 }], { answersCaller: false });
    await until(() => one.calls.length > before);
    await expire(one);
    await two.get(Reconciler).round();
    expect(await run.end(15_000)).toMatchObject({ status: 'failed', error: { code: 'step.timeout', nodeId: 'send' } });
  });

  it('is taken over by one process only, however many try', async () => {
    let letGo: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (letGo = resolve));
    one.answer = async () => {
      await hanging;
      return { ok: true, items: [] };
    };
    const runs = await Promise.all(
      Array.from({ length: 10 }, () => one.launch(sending, [{ n: 2 }], { answersCaller: false })),
    );
    const before = two.calls.length;
    await until(
      async () =>
        (
          await db.database.query("SELECT 1 FROM run_event WHERE type = 'step.intended' AND run_id = ANY($1)", [
            runs.map(({ runId }) => runId),
          ])
        ).length === 10,
    );
    await expire(one);
    two.answer = () => ({ ok: true, items: [{ json: {} }] });
    await Promise.all([two.get(Reconciler).round(), two.get(Reconciler).round(), one.get(ProcessLease).renew()]);
    for (const run of runs) expect(await run.end(5_000)).toMatchObject({ status: 'succeeded' });
    letGo();
    expect(two.calls.length - before).toBe(10);
  });

  it('is paused after three takeovers without an outcome, and goes on when somebody says so', async () => {
    let letGo: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (letGo = resolve));
    one.answer = two.answer = () => stuck.then(() => ({ ok: true, items: [] }));
    const run = await two.launch(sending, [{ n: 3 }], { answersCaller: false });
    await until(
      async () =>
        (await db.database.query("SELECT 1 FROM run_event WHERE run_id = $1 AND type = 'step.intended'", [run.runId]))
          .length === 1,
    );
    const engines = [one, two];
    for (let round = 0; round < 4; round += 1) {
      const intents = round + 1;
      await until(
        async () =>
          (await db.database.query("SELECT 1 FROM run_event WHERE run_id = $1 AND type = 'step.intended'", [run.runId]))
            .length >= intents,
      );
      await db.database.query('UPDATE run SET process_id = gen_random_uuid() WHERE id = $1', [run.runId]);
      await engines[round % 2]!.get(Reconciler).round();
    }
    expect(await runRow(run.runId)).toMatchObject({ status: 'paused', takeovers: 4 });
    letGo();
    await db.database.query(
      "INSERT INTO run_inbox (id, run_id, kind, body) VALUES (gen_random_uuid(), $1, 'unpause', '{}')",
      [run.runId],
    );
    await two.get(ProcessHost).wake(run.runId, (await runRow(run.runId)).epoch);
    expect(await run.end(5_000)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a run whose database is away in the middle of a step', () => {
  const away = [
    Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ];

  /** Lets the first call of `name` fail, and tells whether it was made. */
  function failOnce<Name extends string>(
    owner: Record<Name, (...given: never[]) => unknown>,
    name: Name,
    error: Error,
  ) {
    const real = owner[name];
    const told = { asked: false };
    owner[name] = () => {
      told.asked = true;
      owner[name] = real;
      return Promise.reject(error);
    };
    return told;
  }
  const goesOn = async (told: { asked: boolean }, document = sending) => {
    const run = await two.launch(document, [{ n: 1 }], { answersCaller: false });
    await until(() => told.asked && !two.get(ProcessHost).has(run.runId));
    expect(await runRow(run.runId)).toMatchObject({ status: 'running' });
    await db.database.query("UPDATE run SET created_at = created_at - interval '1 minute' WHERE id = $1", [run.runId]);
    await two.get(Reconciler).round();
    return run.end(5_000);
  };
  const wellDone = { status: 'succeeded', result: { items: [{ json: { by: 'two' } }] } };
  const lenient = chain(
    [
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send', onError: 'continue' },
    ],
    undefined,
    { durability: 'express' },
  );

  it.each(away)('does not fail for it: %s', async (error) => {
    two.answer = () => ({ ok: true, items: [{ json: { by: 'two' } }] });
    expect(await goesOn(failOnce(two.get(Variables), 'valuesOf', error))).toMatchObject(wellDone);
  });

  it.each(away)('does not blame the item that was worked on: %s', async (error) => {
    two.answer = () => ({ ok: true, items: [{ json: { by: 'two' } }] });
    expect(await goesOn(failOnce(two.get(CredentialPlaces), 'withPlaces', error), lenient)).toMatchObject(wellDone);
  });

  it.each(away)('does not believe a connector that could not store a file for it: %s', async (error) => {
    two.answer = async ({ fileStore }) => {
      try {
        const bytes = Readable.from([Buffer.from('a')]);
        await fileStore!.write({ name: 'a.txt', mimeType: 'text/plain', bytes });
        return { ok: true, items: [{ json: { by: 'two' } }] };
      } catch (thrown) {
        return { ok: false, error: { code: 'step.failed', message: (thrown as Error).message, retryable: false } };
      }
    };
    expect(await goesOn(failOnce(two.get(FileStore), 'put', error), lenient)).toMatchObject(wellDone);
  });
});

describe('a run that a newer version carried', () => {
  const hang = async () => {
    let letGo: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (letGo = resolve));
    one.answer = () => stuck.then(() => ({ ok: true, items: [] }));
    const before = one.calls.length;
    const runs = await Promise.all([1, 2].map((n) => one.launch(sending, [{ n }], { answersCaller: false })));
    await until(() => one.calls.length === before + 2);
    return { runs, letGo };
  };
  /** It could not even be paused. */
  const noteTheUnknown = async (runId: string) => {
    await db.database.query(noteUnknownEvent, [runId]);
    await db.database.query('UPDATE run SET stalls = 3 WHERE id = $1', [runId]);
  };

  it('is left as it is by this one, whose health tells of it and which goes on with the others of its round', async () => {
    const { runs, letGo } = await hang();
    const [unknown, known] = runs;
    await noteTheUnknown(unknown!.runId);
    await expire(one);
    two.answer = () => ({ ok: true, items: [{ json: {} }] });
    await two.get(Reconciler).round();
    expect(await known!.end(5_000)).toMatchObject({ status: 'succeeded' });
    const left = await runRow(unknown!.runId);
    await db.database.query("UPDATE run SET created_at = created_at - interval '1 minute'");
    await two.get(Reconciler).round();
    expect(await runRow(unknown!.runId)).toEqual(left);
    expect(left).toMatchObject({ status: 'running', takeovers: 1 });
    const toldOf = async () => (await two.get(HealthChecks).runAll())['newer runs'];
    const id = unknown!.runId;
    expect(await toldOf()).toMatchObject({ degraded: true, detail: expect.stringContaining(id) as string });
    await db.database.query("UPDATE run SET status = 'succeeded', ended_at = now() WHERE id = $1", [id]);
    expect(await toldOf()).toEqual({ ok: true });
    letGo();
  });
});

describe('a run that stops between two commits', () => {
  it.each([
    [2, 'express'],
    [3, 'express'],
    [2, 'queue'],
    [3, 'queue'],
  ])('is carried to its end from commit %i, durability %s', async (failing, durability) => {
    let count = 0;
    // The worker of either may get a run from the queue.
    const mend = [one, two].map((engine) => {
      const commits = engine.get(GroupCommit);
      const append = commits.append.bind(commits);
      commits.append = (commit) => {
        if (commit.run.workflowName === 'Crash' && ++count === failing) return Promise.reject(new Error('crash'));
        return append(commit);
      };
      return () => (commits.append = append);
    });
    one.answer = two.answer = () => ({ ok: true, items: [{ json: { sent: true } }] });
    const document = { ...sending, settings: { ...sending.settings, durability: durability as 'express' | 'queue' } };
    const run = await two.launch(document, [{ n: 4 }], { answersCaller: false, workflowName: 'Crash' });
    const hosts = [one, two].flatMap((engine) => [engine.get(ProcessHost), engine.get(QueueHost)]);
    await until(() => count >= failing && hosts.every((host) => !host.has(run.runId)));
    for (const undo of mend) undo();
    await db.database.query("UPDATE run SET created_at = now() - interval '1 minute' WHERE id = $1", [run.runId]);
    await Promise.all([one.get(Reconciler).round(), two.get(Reconciler).round()]);
    expect(await run.end(5_000)).toMatchObject({ status: 'succeeded' });
  });
});
