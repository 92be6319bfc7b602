import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRooms } from '../../scripts/rooms.mjs';

const root = new URL('../../', import.meta.url);
const rooms = readRooms(readFileSync(new URL('ARCHITECTURE.md', root), 'utf8'));

describe('the map in ARCHITECTURE.md', () => {
  it('has a row for every room and a room for every row', () => {
    const folders = readdirSync(new URL('server/src', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect([...rooms.keys()].sort()).toEqual(folders.sort());
  });

  it('names only rooms that exist in the doors column', () => {
    const named = [...rooms.values()].flat();
    expect(named.filter((room) => !rooms.has(room))).toEqual([]);
  });

  it('lets no room open one that can open it', () => {
    const reach = (room: string, seen = new Set<string>()): Set<string> => {
      for (const next of rooms.get(room) ?? []) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    expect([...rooms.keys()].filter((room) => reach(room).has(room))).toEqual([]);
  });
});
