import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mostAtOnce, StartTurns } from './start-turns.js';

let turns: StartTurns;
/** Runs in the order they were answered, `late` those that had no turn in time. */
let answered: string[];
beforeEach(() => {
  vi.useFakeTimers();
  turns = new StartTurns();
  answered = [];
});
afterEach(() => vi.useRealTimers());

const ask = (runId: string) => void turns.take(runId).then((isMine) => answered.push(isMine ? runId : `${runId} late`));
const settle = () => vi.advanceTimersByTimeAsync(0);
const names = (count: number) => Array.from({ length: count }, (_, index) => `run${index}`);

async function fill(): Promise<void> {
  names(mostAtOnce).forEach(ask);
  await settle();
  answered = [];
}

describe('runs that begin in one process', () => {
  it('begin in the order they came, one for each that is on its way', async () => {
    await fill();
    ['a', 'b', 'c'].forEach(ask);
    await settle();
    expect(answered).toEqual([]);
    turns.end('run1');
    turns.end('run0');
    await settle();
    expect(answered).toEqual(['a', 'b']);
    turns.end('a');
    await settle();
    expect(answered).toEqual(['a', 'b', 'c']);
  });

  it('gain no place by the end of a run that has none', async () => {
    await fill();
    ask('a');
    turns.end('somebody');
    turns.end('run0');
    turns.end('run0');
    ask('b');
    await settle();
    expect(answered).toEqual(['a']);
  });

  it('are left to others after two seconds without a turn', async () => {
    await fill();
    ask('a');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(answered).toEqual(['a late']);
    ask('b');
    turns.end('run0');
    await settle();
    expect(answered).toEqual(['a late', 'b']);
  });

  it('do not wait forever for one that nobody speaks of again', async () => {
    await fill();
    await vi.advanceTimersByTimeAsync(5_000);
    names(mostAtOnce).forEach((name) => ask(`${name} later`));
    await settle();
    expect(answered).toHaveLength(mostAtOnce);
  });

  it('take one turn, however often a run asks', async () => {
    names(mostAtOnce).forEach(() => ask('same'));
    ask('other');
    await settle();
    expect(answered.at(-1)).toBe('other');
  });
});
