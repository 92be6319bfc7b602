import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { bombs } from './bombs.test-support.js';
import { SandboxService } from './sandbox.service.js';

const sandbox = new SandboxService();
afterAll(() => sandbox.onApplicationShutdown());

const input = JSON.stringify({
  items: [{ json: {} }],
  nodes: {},
  context: { run: {}, workflow: {}, vars: {}, now: 0, timezone: 'UTC' },
});
const run = (projectId: string, code: string) =>
  sandbox.run({ projectId, language: 'javascript', mode: 'all', code, input, timeoutMs: 1_000, memoryMb: 64 });

/** Resident memory in MiB of this process and all below it (proc(5)). */
function residentMb(root = process.pid): number {
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      resident.set(Number(name), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while we looked.
    }
  }
  const sum = (pid: number): number =>
    (resident.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root);
}

describe('hostile code', () => {
  it(
    'ends by itself or is ended, all bombs at once, while another project works on',
    { timeout: 240_000 },
    async () => {
      const ends: Record<string, string> = {};
      const left = new Set(Object.keys(bombs));
      const before = residentMb();
      let peakMb = 0;
      const watch = setInterval(() => (peakMb = Math.max(peakMb, residentMb() - before)), 200);
      const running = Object.entries(bombs).map(async ([name, code]) => {
        ends[name] = await run('hostile', code).then(
          () => 'harmless',
          (error: { code: string }) => error.code,
        );
        left.delete(name);
      });
      let good = 0;
      while (left.size > 0) {
        const { items } = await run('good', 'return { ok: true }');
        expect(items).toEqual([{ json: { ok: true } }]);
        good++;
      }
      await Promise.all(running);
      clearInterval(watch);
      // What V8 contains may end as a plain result; what it does not contain must have been ended.
      const known = ['harmless', 'code.timeout', 'code.memory', 'code.killed', 'code.failed', 'code.outputTooLarge'];
      expect(Object.entries(ends).filter(([, end]) => !known.includes(end))).toEqual([]);
      for (const name of [
        'endless loop',
        'promise that never settles',
        'map without end',
        'squared big integer',
        'resizable buffers',
      ]) {
        expect([name, ends[name]]).not.toEqual([name, 'harmless']);
      }
      expect(good).toBeGreaterThan(5);
      console.log(
        `good runs meanwhile: ${good}; most memory above idle, all children: ${Math.round(peakMb)} MiB`,
        ends,
      );
    },
  );

  it('leaves a sandbox that works, without zombies', async () => {
    const { items } = await run('good', 'return { ok: true }');
    expect(items).toEqual([{ json: { ok: true } }]);
    const zombies = () =>
      readdirSync('/proc')
        .filter((entry) => /^\d+$/.test(entry))
        .filter((entry) => {
          try {
            const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
            const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
            return state === 'Z' && Number(parent) === process.pid;
          } catch {
            return false;
          }
        });
    // One that has just been killed is a zombie until its parent hears of it.
    await expect.poll(zombies, { timeout: 10_000 }).toEqual([]);
  });
});
