/** How far a piece of work on many things is, and what could not be done. */
export interface BulkProgress {
  done: number;
  total: number;
  failures: { name: string; message: string }[];
}

/** Works on one after another, so that a server is not flooded; a failure does not stop the rest. */
export async function forEachOf<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  work: (thing: T) => Promise<unknown>,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  let progress: BulkProgress = { done: 0, total: things.length, failures: [] };
  onProgress(progress);
  for (const thing of things) {
    let failures = progress.failures;
    try {
      await work(thing);
    } catch (error) {
      failures = [
        ...failures,
        { name: nameOf(thing), message: error instanceof Error ? error.message : String(error) },
      ];
    }
    progress = { ...progress, done: progress.done + 1, failures };
    onProgress(progress);
  }
  return progress;
}
