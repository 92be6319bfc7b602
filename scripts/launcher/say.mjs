// Everything the launcher tells a person goes through here, so that it reads as one voice.

const started = performance.now();
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);

/** Seconds with one decimal, for people. */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export const say = (text) => process.stdout.write(`${text}\n`);
export const note = (text) => say(paint(2, `  ${text}`));
export const warn = (text) => process.stderr.write(`${paint(33, '!')} ${text}\n`);

/** Stops the launcher with one sentence that says what happened and what to do next. */
export class Stop extends Error {}

export const sinceStart = () => performance.now() - started;

/** Milliseconds each part of the start took, in the order they ended. */
export const parts = new Map();

/**
 * Runs one part of the start, shows that it is going on, and remembers how long it took.
 * A line appears only when the part takes longer than a blink.
 */
export async function part(name, work) {
  const from = performance.now();
  const shown = setTimeout(() => say(`${paint(36, '…')} ${name}`), 300);
  const beat = setInterval(() => note(`still at it: ${name} (${seconds(performance.now() - from)})`), 15_000);
  try {
    const result = await work();
    parts.set(name, performance.now() - from);
    if (performance.now() - from > 300) say(`${paint(32, '✓')} ${name} ${paint(2, seconds(performance.now() - from))}`);
    return result;
  } finally {
    clearTimeout(shown);
    clearInterval(beat);
  }
}
