/** Room name -> rooms whose doors it may open, read from the table in ARCHITECTURE.md. */
export function readRooms(markdown) {
  const rows = [...markdown.matchAll(/^\| *`([a-z-]+)` *\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(rows.map(([, room, doors]) => [room, [...doors.matchAll(/`([a-z-]+)`/g)].map((match) => match[1])]));
}
