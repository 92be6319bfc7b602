/** How well a step fits what was typed: 0 is not at all. A label that starts so comes before one that only holds it. */
export function rankOf(search: string, label: string, keywords: readonly string[] = []): number {
  const wanted = search.trim().toLowerCase();
  const name = label.toLowerCase();
  if (name === wanted) return 1;
  if (name.startsWith(wanted)) return 0.9;
  if (name.includes(` ${wanted}`)) return 0.8;
  if (name.includes(wanted)) return 0.7;
  const other = keywords.join(' ').toLowerCase();
  if (other.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 0.5;
  const words = wanted.split(/\s+/);
  if (words.every((word) => `${name} ${other}`.includes(word))) return 0.4;
  return isSpread(wanted, name) ? 0.2 : 0;
}

/** Whether the letters stand in this order in the label: "stfl" finds "Set fields". */
function isSpread(letters: string, label: string): boolean {
  let at = 0;
  for (const letter of label) if (letter === letters[at]) at++;
  return at === letters.length;
}
