import { perLanguage } from '../i18n/i18n.js';

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const oneDigit = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);

/** "412 MB", "1.4 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 ? formatTenths(value) : Math.round(value)} ${units[power - 1]}`;
}

export const formatNumber = (value: number) => numbers().format(value);

/** With one digit behind the point. */
export const formatTenths = (value: number) => oneDigit().format(value);

export const decimalSign = () => formatTenths(0.5).charAt(1);
