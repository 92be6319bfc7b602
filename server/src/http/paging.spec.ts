import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuery, toPage } from './paging.types.js';

const position = z.tuple([z.string(), z.number()]);

describe('a cursor', () => {
  it('brings back the position it was made of', () => {
    expect(decodeCursor(encodeCursor(['ä', 7]), position)).toEqual(['ä', 7]);
  });

  it('is undefined for the first page', () => {
    expect(decodeCursor(undefined, position)).toBeUndefined();
  });

  it.each(['', 'x', encodeCursor({}), encodeCursor(['a', 'b']), '%%%'])(
    'that no list gave out is refused: "%s"',
    (cursor) => {
      expect(() => decodeCursor(cursor, position)).toThrow('This cursor does not belong to this list');
    },
  );
});

describe('a page', () => {
  const page = (rows: number[]) =>
    toPage(
      rows,
      2,
      (row) => row,
      (row) => ({ id: row }),
    );

  it('leads to the next one where there are more rows', () => {
    expect(page([1, 2, 3])).toEqual({ items: [{ id: 1 }, { id: 2 }], nextCursor: encodeCursor(2) });
  });

  it('is the last one where there are no more', () => {
    expect(page([1, 2]).nextCursor).toBeNull();
    expect(page([]).nextCursor).toBeNull();
  });

  it('holds 50 items unless told otherwise, and 200 at most', () => {
    expect(pageQuery.parse({})).toEqual({ limit: 50 });
    expect(pageQuery.parse({ limit: '200' }).limit).toBe(200);
    expect(pageQuery.safeParse({ limit: '201' }).success).toBe(false);
  });
});
