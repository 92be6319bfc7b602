/** Most that Temporal takes as a summary is 400 bytes of JSON. */
const maxBytes = 200;

/** The beginning of a name that fits where Temporal shows it, whatever letters it has. */
export function shortText(text: string): string {
  const size = (part: string) => Buffer.byteLength(JSON.stringify(part));
  if (size(text) <= maxBytes) return text;
  const letters = [...text];
  let end = Math.min(letters.length, maxBytes);
  while (size(letters.slice(0, end).join('')) > maxBytes) end -= 1;
  return `${letters.slice(0, end).join('')}…`;
}
