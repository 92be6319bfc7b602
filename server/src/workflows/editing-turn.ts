/** A tab that has told nothing for this long is gone, in milliseconds. */
export const silenceMs = 30_000;
/** After this long without a touch anybody may take over, in milliseconds. */
export const idleMs = 60_000;
/** After this long without an answer whoever asked may take over, in milliseconds. */
export const answerMs = 30_000;
/** A question nobody acted on is forgotten after this long, in milliseconds. */
const forgottenMs = 120_000;

/** A browser tab of a person. */
export interface EditorTab {
  userId: string;
  tab: string;
}

/** Whose turn it is to edit a workflow. */
export interface EditingTurn extends EditorTab {
  /** Last sign of life of the tab. */
  seenAt: Date;
  /** When the person last did something in it. */
  activeAt: Date;
  /** Who asked to take over. */
  asked: (EditorTab & { at: Date }) | undefined;
}

/**
 * What a tab wants: to edit when it is free (`hold`), to be let in (`ask`), to edit at once (`take`; an `ask` where it may
 * not); of the holder: to go on in spite of a question (`keep`), or to hand over to who asked (`give`).
 */
export type Wish = 'hold' | 'ask' | 'take' | 'keep' | 'give';

/** Whose turn it is after a tab has said what it wants. */
export function nextTurn(turn: EditingTurn | undefined, who: EditorTab, wish: Wish, isActive: boolean, now: Date) {
  if (turn === undefined || isSilent(turn, now)) return startOf(who, now);
  const asked = turn.asked && since(turn.asked.at, now) < forgottenMs ? turn.asked : undefined;
  if (turn.tab === who.tab) {
    if (wish === 'give' && asked) return startOf(asked, now);
    const activeAt = isActive || wish === 'keep' ? now : turn.activeAt;
    return { ...turn, seenAt: now, activeAt, asked: wish === 'keep' ? undefined : asked };
  }
  if (wish === 'take' && mayTake(turn, who, now)) return startOf(who, now);
  const wantsIn = wish === 'ask' || wish === 'take';
  return { ...turn, asked: wantsIn && !asked ? { ...who, at: now } : asked };
}

/** Whether a tab may take over: from another tab of the same person, from who is idle, from who does not answer. */
export function mayTake(turn: EditingTurn, who: EditorTab, now: Date): boolean {
  return (
    turn.userId === who.userId ||
    since(turn.activeAt, now) >= idleMs ||
    (turn.asked?.tab === who.tab && since(turn.asked.at, now) >= answerMs)
  );
}

/** Whether another tab has the turn. */
export function isElsewhere(turn: EditingTurn | undefined, tab: string, now: Date): boolean {
  return turn !== undefined && turn.tab !== tab && !isSilent(turn, now);
}

function startOf({ userId, tab }: EditorTab, now: Date): EditingTurn {
  return { userId, tab, seenAt: now, activeAt: now, asked: undefined };
}

const isSilent = (turn: EditingTurn, now: Date) => since(turn.seenAt, now) >= silenceMs;
const since = (then: Date, now: Date) => now.getTime() - then.getTime();
