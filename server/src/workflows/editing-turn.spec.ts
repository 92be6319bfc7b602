import { describe, expect, it } from 'vitest';
import { mayTake, nextTurn, type EditingTurn, type Wish } from './editing-turn.js';

const at = (seconds: number) => new Date(seconds * 1000);
const ana = { userId: 'ana', tab: 'a1' };
const ben = { userId: 'ben', tab: 'b1' };
const says = (turn: EditingTurn | undefined, who: typeof ana, wish: Wish, seconds: number, isActive = false) =>
  nextTurn(turn, who, wish, isActive, at(seconds));
const started = says(undefined, ana, 'hold', 0);
/** Ana's tab shows that it is there every ten seconds, and she touches nothing. */
const idle = (turn: EditingTurn, until: number) => {
  let now = turn;
  for (let second = 10; second <= until; second += 10) now = says(now, ana, 'hold', second);
  return now;
};

describe('the turn to edit', () => {
  it('belongs to who comes first, however often others ask', () => {
    expect(says(says(started, ben, 'hold', 5), ben, 'take', 6)).toMatchObject(ana);
  });

  it('is free again when its tab has been silent', () => {
    expect(says(started, ben, 'hold', 29)).toMatchObject(ana);
    expect(says(started, ben, 'hold', 30)).toMatchObject(ben);
  });

  it('may be taken from who is idle, not from who works', () => {
    expect(mayTake(idle(started, 50), ben, at(59))).toBe(false);
    expect(says(idle(started, 60), ben, 'take', 60)).toMatchObject(ben);
    const busy = says(idle(started, 50), ana, 'hold', 55, true);
    expect(says(busy, ben, 'take', 70)).toMatchObject({ ...ana, asked: ben });
  });

  it('may be taken at once by another tab of the same person', () => {
    expect(says(started, { userId: 'ana', tab: 'a2' }, 'hold', 1)).toMatchObject({ tab: 'a1' });
    expect(says(started, { userId: 'ana', tab: 'a2' }, 'take', 1)).toMatchObject({ tab: 'a2' });
  });

  it('is handed over on request, or kept, or taken when nobody answers', () => {
    const asked = says(started, ben, 'ask', 5);
    expect(asked).toMatchObject({ ...ana, asked: ben });
    expect(says(asked, ana, 'give', 6)).toMatchObject(ben);
    const kept = says(asked, ana, 'keep', 6);
    expect(kept).toMatchObject({ ...ana, asked: undefined });
    const working = says(idle(asked, 20), ana, 'hold', 30, true);
    expect(says(working, ben, 'take', 34)).toMatchObject(ana);
    expect(says(working, ben, 'take', 35)).toMatchObject(ben);
  });

  it('forgets a question that nobody acted on', () => {
    const busy = says(idle(says(started, ben, 'ask', 5), 120), ana, 'hold', 126, true);
    expect(busy.asked).toBeUndefined();
    expect(says(busy, ben, 'take', 127)).toMatchObject(ana);
  });
});
