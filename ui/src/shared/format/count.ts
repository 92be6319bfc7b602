const numbers = new Intl.NumberFormat();
const plurals = new Intl.PluralRules('en');

/** "1 item", "2,400 items". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${plurals.select(count) === 'one' ? one : many}`;
}

export const formatNumber = (value: number) => numbers.format(value);
