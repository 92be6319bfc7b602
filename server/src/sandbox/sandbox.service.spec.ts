import { afterAll, describe, expect, it } from 'vitest';
import { SandboxService } from './sandbox.service.js';
import type { SandboxRequest } from './sandbox.types.js';

const sandbox = new SandboxService();
afterAll(() => sandbox.onApplicationShutdown());

const context = { run: { id: 'r1' }, workflow: { id: 'w1', name: 'Orders' }, vars: {}, now: 0, timezone: 'UTC' };

function request(
  code: string,
  { items = [{ n: 1 }], nodes = {}, ...rest }: Partial<SandboxRequest> & { items?: object[]; nodes?: object } = {},
): SandboxRequest {
  return {
    projectId: 'p1',
    language: 'javascript',
    mode: 'all',
    timeoutMs: 1_000,
    memoryMb: 64,
    ...rest,
    code,
    input: JSON.stringify({ items: items.map((json) => ({ json })), nodes, context }),
  };
}

async function itemsOf(code: string, options?: Parameters<typeof request>[1]): Promise<unknown> {
  return (await sandbox.run(request(code, options))).items;
}

const failureOf = (code: string, options?: Parameters<typeof request>[1]) =>
  sandbox.run(request(code, options)).then(
    () => ({ code: 'none' }),
    (error: { code: string; message: string; at?: object }) => error,
  );

it('tells of each child that starts, and of each that has ended', async () => {
  const own = new SandboxService();
  const there = new Set<number>();
  own.onSpawn = (_role, pid) => there.add(pid);
  own.onGone = (pid) => there.delete(pid);
  own.warmUp();
  await own.run(request('return items'));
  const [first, ...others] = own.pids;
  expect([...there].sort()).toEqual([first, ...others].sort());
  send(first!, 'SIGKILL');
  await expect.poll(() => there.has(first!)).toBe(false);
  expect([...there].sort()).toEqual(own.pids.sort());
  own.onApplicationShutdown();
  await expect.poll(() => there.size).toBe(0);
});

/** A child may have ended by itself. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('a code step', () => {
  it('works on all items at once', async () => {
    expect(
      await itemsOf('return $input.all().map((item) => ({ json: { n: item.json.n * 2 } }))', {
        items: [{ n: 1 }, { n: 2 }],
      }),
    ).toEqual([{ json: { n: 2 } }, { json: { n: 4 } }]);
  });

  it('takes a plain object for an item', async () => {
    expect(await itemsOf('return { a: 1 }')).toEqual([{ json: { a: 1 } }]);
  });

  it('tells how far it is while it works', async () => {
    const told: unknown[] = [];
    const code = 'progress(0.25, "a quarter"); for (const end = Date.now() + 1100; Date.now() < end; ); return {}';
    await sandbox.run({ ...request(code, { timeoutMs: 10_000 }), onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([{ fraction: 0.25, text: 'a quarter' }]);
  });

  it('may say anything of its progress', async () => {
    const code = 'progress(7, "x".repeat(1e6)); progress(-1); progress(NaN, { a: 1 }); return { ok: 1 }';
    expect(await itemsOf(code)).toEqual([{ json: { ok: 1 } }]);
    expect(await failureOf('progress("half")')).toMatchObject({ code: 'code.failed' });
  });

  it('pairs items that come back as they went in', async () => {
    expect(await itemsOf('return items.filter((item) => item.json.n > 1)', { items: [{ n: 1 }, { n: 2 }] })).toEqual([
      { json: { n: 2 }, from: [1] },
    ]);
  });

  it('works item by item', async () => {
    expect(await itemsOf('return { n: $json.n + $itemIndex }', { mode: 'each', items: [{ n: 1 }, { n: 1 }] })).toEqual([
      { json: { n: 1 }, from: [0] },
      { json: { n: 2 }, from: [1] },
    ]);
  });

  it('names the items that failed, and goes on with the others', async () => {
    const { items, failures } = await sandbox.run(
      request('if ($json.n === 1) throw new Error("no");\nreturn $json', { mode: 'each', items: [{ n: 1 }, { n: 2 }] }),
    );
    expect({ items, failures }).toEqual({
      items: [{ json: { n: 2 }, from: [1] }],
      failures: [{ item: 0, message: 'no (line 1, column 26)', line: 1, column: 26 }],
    });
  });

  it('may await', async () => {
    expect(await itemsOf('const n = await Promise.resolve(3); return { n }')).toEqual([{ json: { n: 3 } }]);
  });

  it('reads other steps', async () => {
    expect(
      await itemsOf("return { a: $('Orders').first().json.a }", { nodes: { Orders: [{ json: { a: 7 } }] } }),
    ).toEqual([{ json: { a: 7 } }]);
  });

  it('knows dates in the time zone of the workflow', async () => {
    expect(
      await itemsOf(
        'return { at: $now.toISO(), next: DateTime.fromISO("2026-01-31").plus({ months: 1 }).toISODate() }',
      ),
    ).toEqual([{ json: { at: '1970-01-01T00:00:00.000Z', next: '2026-02-28' } }]);
  });

  it('keeps what is printed', async () => {
    const { logs } = await sandbox.run(
      request('console.log("a", { b: 1 }); console.error(new Error("c").message); return []'),
    );
    expect(logs).toEqual([
      { level: 'log', text: 'a {"b":1}' },
      { level: 'error', text: 'c' },
    ]);
  });

  it('names line and column of an error', async () => {
    expect(await failureOf('const a = 1;\n  null.x;')).toMatchObject({
      code: 'code.failed',
      at: { line: 2, column: 8 },
    });
    expect(await failureOf('throw new Error("first line")')).toMatchObject({
      code: 'code.failed',
      at: { line: 1, column: 7 },
    });
  });

  it('names line and column of a syntax error', async () => {
    expect(await failureOf('const a = 1;\nconst = 2;')).toMatchObject({ code: 'code.syntax', at: { line: 2 } });
  });

  it('says which item was not an object', async () => {
    expect(await failureOf('return [1]')).toMatchObject({
      code: 'code.failed',
      message: expect.stringContaining('the number 1') as string,
    });
  });

  it('may be TypeScript, with lines and columns kept', async () => {
    expect(
      await itemsOf('const n: number = ($json as { n: number }).n;\nreturn { n }', { language: 'typescript' }),
    ).toEqual([{ json: { n: 1 } }]);
    expect(await failureOf('const n: number = 1;\nthrow new Error(`${n}`)', { language: 'typescript' })).toMatchObject({
      at: { line: 2, column: 7 },
    });
    expect(await failureOf('const n: = 1;', { language: 'typescript' })).toMatchObject({
      code: 'code.syntax',
      at: { line: 1, column: 10 },
    });
    expect(await failureOf('const a = 1;\nenum Kind { A }', { language: 'typescript' })).toMatchObject({
      code: 'code.syntax',
      message: expect.stringContaining('(line 2, column 1)') as string,
    });
    expect(await failureOf('('.repeat(100_000), { language: 'typescript' })).toMatchObject({ code: 'code.syntax' });
    expect(await itemsOf('const n: number = 1;\nreturn { n }', { language: 'typescript' })).toEqual([
      { json: { n: 1 } },
    ]);
  });

  it('sees nothing of the server', async () => {
    const names =
      '["process","require","module","Buffer","fetch","setTimeout","WebAssembly","SharedArrayBuffer","Atomics","WeakRef","FinalizationRegistry","ivm","global"]';
    expect(
      await itemsOf(`return { seen: ${names}.filter((name) => typeof globalThis[name] !== "undefined") }`),
    ).toEqual([{ json: { seen: [] } }]);
  });

  it('leaves nothing behind for the next run', async () => {
    await itemsOf('globalThis.left = 1; Object.prototype.dirty = 1; return []');
    expect(await itemsOf('return { left: typeof left, dirty: typeof ({}).dirty }')).toEqual([
      { json: { left: 'undefined', dirty: 'undefined' } },
    ]);
  });

  it('cannot smuggle a prototype out', async () => {
    expect(await itemsOf('return [{ json: JSON.parse(\'{"__proto__": {"x": 1}, "a": 1}\') }]')).toEqual([
      { json: { a: 1 } },
    ]);
  });

  it('cannot break the answer by replacing JSON.stringify', async () => {
    expect(await failureOf('JSON.stringify = () => "nonsense"; return []')).toMatchObject({ code: 'code.failed' });
  });

  it('cannot pass for items what is none', async () => {
    const text = '{"items":[{"json":1}],"failures":[],"logs":[]}';
    expect(await failureOf(`JSON.stringify = () => ${JSON.stringify(text)}; return []`)).toMatchObject({
      code: 'code.failed',
    });
  });

  it('ends with its signal, at work or in line', async () => {
    const stop = new AbortController();
    const long = Array.from({ length: 6 }, () =>
      sandbox.run({ ...request('while (true) {}', { timeoutMs: 600_000 }), signal: stop.signal }),
    );
    const ends = Promise.allSettled(long);
    await new Promise((resolve) => setTimeout(resolve, 300));
    stop.abort(new Error('cancelled'));
    expect((await ends).map(({ status }) => status)).toEqual(Array(6).fill('rejected'));
    expect(await itemsOf('return { ok: true }')).toEqual([{ json: { ok: true } }]);
  });

  it('lets others go on beside code that takes long', async () => {
    const stop = new AbortController();
    const long = Array.from({ length: 8 }, () =>
      sandbox.run({ ...request('while (true) {}', { timeoutMs: 600_000 }), signal: stop.signal }),
    );
    const ends = Promise.allSettled(long);
    expect(await itemsOf('return { ok: true }', { turn: 'another workflow' })).toEqual([{ json: { ok: true } }]);
    stop.abort(new Error('cancelled'));
    await ends;
  }, 30_000);

  it('goes on when its child is killed again and again, and is not blamed for it', async () => {
    const ends = itemsOf('const end = Date.now() + 700; while (Date.now() < end) {} return { ok: true }');
    for (let turn = 0; turn < 2; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      for (const pid of sandbox.pids) send(pid, 'SIGKILL');
    }
    expect(await ends).toEqual([{ json: { ok: true } }]);
  });

  it('goes on elsewhere when its child was frozen', async () => {
    const ends = itemsOf('const end = Date.now() + 600; while (Date.now() < end) {} return { ok: true }', {
      timeoutMs: 1_500,
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
    const frozen = sandbox.pids;
    for (const pid of frozen) send(pid, 'SIGSTOP');
    expect(await ends).toEqual([{ json: { ok: true } }]);
    expect(sandbox.pids.some((pid) => frozen.includes(pid))).toBe(false);
  }, 30_000);

  it('serves no two projects with one child', async () => {
    const before = sandbox.pids;
    await itemsOf('return []', { projectId: 'p2' });
    await itemsOf('return []', { projectId: 'p3' });
    await itemsOf('return []', { projectId: 'p4' });
    expect(sandbox.pids.every((pid) => before.includes(pid))).toBe(false);
  });
});
