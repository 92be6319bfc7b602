/** A wait is cut into pieces of this length, in milliseconds; a piece that takes much longer was slept through. */
const pieceMs = 1_000;

/**
 * Calls `onLate` after `ms` milliseconds in which this process was awake. One that was frozen (SIGSTOP, a suspended
 * machine) hears first what had come in meanwhile, and does not take its own absence for slowness of others.
 * @returns stops it
 */
export function startAwakeTimeout(ms: number, onLate: () => void): () => void {
  let left = ms;
  let since = performance.now();
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const piece = Math.min(left, pieceMs);
    since = performance.now();
    timer = setTimeout(() => {
      left -= Math.min(performance.now() - since, 2 * piece);
      if (left <= 0) onLate();
      else arm();
    }, piece);
  };
  arm();
  return () => clearTimeout(timer);
}
