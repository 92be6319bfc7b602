/** Nesting beyond this is refused: recursive code (validators, serialisers) would run out of stack on it. */
export const maxJsonDepth = 500;

/** Whether a parsed JSON value nests deeper than `levels`. Does not recurse itself. */
export function isDeeperThan(value: unknown, levels = maxJsonDepth): boolean {
  let layer: unknown[] = [value];
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > levels) return true;
    layer = layer.flatMap(childrenOf);
  }
  return false;
}

function childrenOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return (Array.isArray(value) ? value : Object.values(value)).filter((child) => typeof child === 'object');
}
