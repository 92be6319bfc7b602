import { memberTable } from '../views.js';

export const booleanMembers = memberTable<boolean>([
  ['toString', '()', '"true" or "false".', (value) => String(value)],
  ['toNumber', '()', '1 or 0.', (value) => (value ? 1 : 0)],
]);
