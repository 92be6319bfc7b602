import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startAwakeTimeout } from './awake-timeout.service.js';

describe('a time limit that counts time awake', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it.each([1, 300, 1_000, 12_345])('is over after %i ms, not before', (ms) => {
    const onLate = vi.fn();
    startAwakeTimeout(ms, onLate);
    vi.advanceTimersByTime(ms - 1);
    expect(onLate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(onLate).toHaveBeenCalledTimes(1);
  });

  it('is never over once it was stopped', () => {
    const onLate = vi.fn();
    const stop = startAwakeTimeout(5_000, onLate);
    vi.advanceTimersByTime(2_500);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(onLate).not.toHaveBeenCalled();
  });
});

it('does not count the time a process was frozen', { timeout: 60_000 }, async () => {
  const script = `
    import { startAwakeTimeout } from ${JSON.stringify(new URL('./awake-timeout.service.ts', import.meta.url).href)};
    const from = performance.now();
    startAwakeTimeout(1_500, () => process.stdout.write(String(performance.now() - from)));
    process.stdout.write('ready ');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    }),
  );
  child.kill('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  child.kill('SIGCONT');
  await ended;
  // Frozen in its first second; the rest of the limit, a second at least, comes after it woke up.
  expect(Number(output.split(' ')[1])).toBeGreaterThan(4_400);
});
