/** Calls to Temporal at a time. */
const callsAtOnce = 20;

/** Works on rows, some at a time. */
export async function inParallel<Row>(rows: readonly Row[], work: (row: Row) => Promise<void>): Promise<void> {
  for (let from = 0; from < rows.length; from += callsAtOnce)
    await Promise.all(rows.slice(from, from + callsAtOnce).map(work));
}
