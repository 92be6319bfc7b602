/** A count, or the sum over ports. */
export function countIn(counts: number | Record<string, number> | undefined): number {
  if (counts === undefined || counts === null) return 0;
  return typeof counts === 'number' ? counts : Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Port names where the counts are told per port. */
export function portsOf(counts: number | Record<string, number> | undefined): string[] {
  return typeof counts === 'object' && counts !== null ? Object.keys(counts) : [];
}
