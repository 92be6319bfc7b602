/** A wait is cut into pieces of this length, in milliseconds; one that takes twice as long was slept through. */
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
      const tookMs = performance.now() - since;
      // After a sleep there is at least one more piece: the answer may be waiting at the door.
      left = tookMs > piece + pieceMs ? Math.max(left - piece, pieceMs) : left - tookMs;
      if (left <= 0) onLate();
      else arm();
    }, piece);
  };
  arm();
  return () => clearTimeout(timer);
}
