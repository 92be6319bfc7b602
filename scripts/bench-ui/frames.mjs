import { cpuDuring } from './cpu.mjs';

/** Notes the time between pictures while `work` goes on; answers them in milliseconds, the longest last. */
export async function framesDuring(page, work) {
  await page.evaluate(() => {
    const frames = [];
    let before = performance.now();
    const tick = (now) => {
      frames.push(now - before);
      before = now;
      window.benchFrame = requestAnimationFrame(tick);
    };
    window.benchFrames = frames;
    window.benchFrame = requestAnimationFrame(tick);
  });
  await work();
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.benchFrame);
    return window.benchFrames;
  });
  // The first one began before the work did.
  return frames.slice(1).sort((one, other) => one - other);
}

/** `spread` and processor time of some work that is done so many `times`. */
export async function motion(page, times, work) {
  const { result, cpu } = await cpuDuring(page, times, () => framesDuring(page, work));
  return { figure: spread(result), cpu };
}

export const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

export const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

/** p50, p95 and the longest of some frames, as a cell of the table. */
export const spread = (frames) =>
  `p50 ${ms(percentile(frames, 0.5))}, p95 ${ms(percentile(frames, 0.95))}, longest ${ms(frames.at(-1) ?? 0)}`;

/** Two pictures later everything that was to be drawn has been. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
