/** Size of a step card in canvas pixels; it grows with the number of ports. */
export const cardWidth = 208;
export const cardHeight = 56;
const portPitch = 24;
/** From one column to the next. */
export const columnStep = 280;
/** From one row to the next. */
export const rowStep = 96;

export type Point = readonly [number, number];

export function heightFor(inputs: number, outputs: number): number {
  return Math.max(cardHeight, Math.max(inputs, outputs) * portPitch + 8);
}

/** Distance from the top of the card to the middle of port `index` of `count`. */
export function portOffset(index: number, count: number, height: number): number {
  return height / 2 + (index - (count - 1) / 2) * portPitch;
}

/** `wanted`, moved down until no card is covered. */
export function freePosition(wanted: Point, taken: readonly Point[]): [number, number] {
  const [x] = wanted;
  let y = wanted[1];
  const covers = ([otherX, otherY]: Point) =>
    Math.abs(otherX - x) < cardWidth + 24 && Math.abs(otherY - y) < cardHeight + 16;
  while (taken.some(covers)) y += rowStep;
  return [x, y];
}

/** Where a step goes that follows a port: the ports of one step lead to places of their own, one above the other. */
export function besidePort([x, y]: Point, index: number, count: number): Point {
  return [x + columnStep, y + Math.round((index - (count - 1) / 2) * 2 * cardHeight)];
}

/** A point on the line between two ports, from 0 at its start to 1 at its end: it leaves and arrives level. */
export function pointOnLine(
  [startX, startY]: readonly [number, number],
  [endX, endY]: readonly [number, number],
  t: number,
): [number, number] {
  const middleX = (startX + endX) / 2;
  const along = (start: number, near: number, far: number, end: number) =>
    (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * near + 3 * (1 - t) * t ** 2 * far + t ** 3 * end;
  return [along(startX, middleX, middleX, endX), along(startY, startY, endY, endY)];
}

/** How far a line that leads back swings out beside its ends. */
const backSwing = 84;

/**
 * A line back to a step that stands before its source, in about the same row, as in a loop: around the cards, where the
 * straight way would lie behind them. `undefined` where there is nothing to go around.
 */
export function lineBack([startX, startY]: Point, [endX, endY]: Point): { path: string; middle: Point } | undefined {
  if (endX >= startX || Math.abs(endY - startY) >= cardHeight + 40) return undefined;
  // A body above its loop is gone around above, so that the line does not cross what follows the loop.
  const side = endY - startY > cardHeight / 2 ? -1 : 1;
  const y = side * Math.max(side * startY, side * endY) + side * (cardHeight + 8);
  const [right, left] = [startX + backSwing, endX - backSwing];
  const path = `M${startX},${startY}C${right},${startY} ${right},${y} ${startX},${y}L${endX},${y}C${left},${y} ${left},${endY} ${endX},${endY}`;
  return { path, middle: [(startX + endX) / 2, y] };
}
