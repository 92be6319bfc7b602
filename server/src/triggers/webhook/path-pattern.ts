/** A path cut at its slashes; leading, trailing and double slashes do not count. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Whether a segment of a pattern stands for any value: `:id`. */
export function isParameter(segment: string): boolean {
  return segment.length > 1 && segment.startsWith(':');
}

/** What two patterns share when they answer the same calls: names of parameters do not tell them apart. */
export function pathKeyOf(path: string): string {
  return segmentsOf(path)
    .map((segment) => (isParameter(segment) ? ':' : segment))
    .join('/');
}

/**
 * The decoded segments of a called path, query left out.
 * @returns `undefined` where the percent-encoding is broken.
 */
export function requestSegments(path: string): string[] | undefined {
  const query = path.indexOf('?');
  const segments = segmentsOf(query === -1 ? path : path.slice(0, query));
  if (!path.includes('%')) return segments;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** A pattern as it is written in an address, also within quotation marks of a shell; parameters stay. */
export function addressOf(path: string): string {
  return segmentsOf(path)
    .map((segment) => encodeURIComponent(segment).replace(/^%3A/, ':').replaceAll("'", '%27'))
    .join('/');
}
