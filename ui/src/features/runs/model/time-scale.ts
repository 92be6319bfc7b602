/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  from: number;
  to: number;
}

/** Time in which nothing worked, drawn narrower than it is. */
export interface Gap extends Stretch {
  left: number;
  width: number;
}

export interface TimeScale {
  from: number;
  to: number;
  gaps: readonly Gap[];
  /** Place of an instant in per cent of the width, within 0 and 100. */
  at(instant: number): number;
  /** The instant at a place. */
  instantAt(place: number): number;
  /** Left edge and width of a stretch in per cent; `undefined` where it is not in view. */
  placeOf(stretch: Stretch): { left: number; width: number } | undefined;
}

/** A gap that is put together takes as much room, in per cent: few of them may be seen well. */
const widthOfGaps = (count: number) => (count <= 3 ? 12 : 3);

interface Part extends Stretch {
  left: number;
  width: number;
  isGap: boolean;
}

/**
 * Maps instants to places. With `busy`, time in which nothing worked is put together where it is more than half of the
 * whole: a run of six hours that waited for all but four minutes shows the four minutes.
 */
export function timeScale(whole: Stretch, busy: readonly Stretch[] | undefined): TimeScale {
  const range = { from: whole.from, to: Math.max(whole.from + 1, whole.to) };
  const gaps = busy ? idleGaps(range, busy) : [];
  const parts = partsOf(range, gaps);
  const at = (instant: number) => {
    const part = parts.find(({ to }) => instant <= to) ?? parts.at(-1)!;
    return clamp(part.left + ((instant - part.from) / Math.max(1, part.to - part.from)) * part.width);
  };
  return {
    ...range,
    gaps: parts.filter(({ isGap }) => isGap),
    at,
    instantAt: (place) => {
      const part = parts.find(({ left, width }) => place <= left + width) ?? parts.at(-1)!;
      return part.from + ((place - part.left) / Math.max(0.001, part.width)) * (part.to - part.from);
    },
    placeOf: ({ from, to }) => {
      if (to < range.from || from > range.to) return undefined;
      const left = at(from);
      return { left, width: Math.max(0, at(Math.max(from, to)) - left) };
    },
  };
}

/** The stretches without work that are long enough to be put together; none where work is most of the time. */
function idleGaps(range: Stretch, busy: readonly Stretch[]): Stretch[] {
  const total = range.to - range.from;
  const idle = complement(range, merged(busy));
  const idleMs = idle.reduce((sum, { from, to }) => sum + to - from, 0);
  // Where nothing worked at all there is nothing to make room for.
  if (idleMs <= total / 2 || total - idleMs < 1) return [];
  return idle.filter(({ from, to }) => to - from > total * 0.05 && to - from > 1_000);
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.filter(({ from, to }) => to >= from).toSorted((one, other) => one.from - other.from);
  const found: Stretch[] = [];
  for (const { from, to } of sorted) {
    const last = found.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

function complement(range: Stretch, taken: readonly Stretch[]): Stretch[] {
  const free: Stretch[] = [];
  let from = range.from;
  for (const stretch of taken) {
    if (stretch.from > from) free.push({ from, to: Math.min(stretch.from, range.to) });
    from = Math.max(from, stretch.to);
  }
  if (from < range.to) free.push({ from, to: range.to });
  return free.filter((stretch) => stretch.to > stretch.from);
}

function partsOf(range: Stretch, gaps: readonly Stretch[]): Part[] {
  const work = complement(range, gaps);
  const workMs = Math.max(
    1,
    work.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const gapWidth = widthOfGaps(gaps.length);
  const room = 100 - gaps.length * gapWidth;
  const parts = [...work.map((part) => ({ ...part, isGap: false })), ...gaps.map((part) => ({ ...part, isGap: true }))];
  let left = 0;
  return parts
    .toSorted((one, other) => one.from - other.from)
    .map((part) => {
      const width = part.isGap ? gapWidth : ((part.to - part.from) / workMs) * room;
      const placed = { ...part, left, width };
      left += width;
      return placed;
    });
}

const clamp = (value: number) => Math.min(100, Math.max(0, value));
