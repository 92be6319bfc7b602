import { say } from '@wfaib/sdk/sentence';
import { z } from 'zod';
import { WfaibError } from '../errors/wfaib.errors.js';

/** A page of a list. `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Query of every list: `?cursor=…&limit=…`. `limit` is from 1 to 200, 50 unless told otherwise. */
export const pageQuery = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** Thrown when a cursor is not one that a list of this kind gave out. */
export class InvalidCursor extends WfaibError {
  readonly code = 'request.cursorInvalid';
  constructor() {
    super(say`This cursor does not belong to this list. Start again without a cursor.`);
  }
}

/** Packs the sort values of the last row of a page. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
}

/**
 * Unpacks what {@link encodeCursor} packed; undefined without a cursor.
 * @throws {InvalidCursor} when it does not have the shape of `position`.
 */
export function decodeCursor<Position>(
  cursor: string | undefined,
  position: z.ZodType<Position>,
): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InvalidCursor();
  }
}

/** Makes a page of `limit` items out of `limit + 1` rows: the extra row only tells that there is more. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return { items: shown.map(itemOf), nextCursor: hasMore ? encodeCursor(positionOf(shown.at(-1)!)) : null };
}
