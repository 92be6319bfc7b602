/** A copy with one value set, or left out where it is `undefined`. */
export function withValue(
  values: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const { [name]: _old, ...rest } = values;
  return value === undefined ? rest : { ...values, [name]: value };
}
