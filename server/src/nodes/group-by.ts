/** Groups values by a name, groups and their members in the order they come. */
export function groupBy<K, V>(values: Iterable<V>, nameOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const name = nameOf(value);
    const group = groups.get(name);
    if (group) group.push(value);
    else groups.set(name, [value]);
  }
  return groups;
}
