const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

/** A duration as people write it: `1h30m`, `250ms`, `0ms`. */
export function durationText(durationMs: number): string {
  let left = Math.round(durationMs);
  if (left <= 0) return '0ms';
  return units
    .map(([unit, length]) => {
      const count = Math.floor(left / length);
      left -= count * length;
      return count === 0 ? '' : `${count}${unit}`;
    })
    .join('');
}
