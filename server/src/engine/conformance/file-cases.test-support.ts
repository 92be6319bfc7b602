import { chain } from '../engine.test-support.js';
import type { ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const items = [
  { n: 1, name: 'a "b", c' },
  { n: 2, name: 'ü' },
];

/** Files that steps write and read. */
export const fileCases: ConformanceCase[] = [
  {
    name: 'items become a file, and its rows items again',
    document: chain([
      start,
      { id: 'write', type: 'core.fileWrite', parameters: { fileName: 'orders.xlsx' } },
      { id: 'read', type: 'core.fileRead' },
    ]),
    items,
    status: 'succeeded',
    result: items,
  },
  {
    name: 'a file that is not what its format says fails, and the run may go on',
    document: chain(
      [
        start,
        { id: 'write', type: 'core.fileWrite', parameters: { format: 'csv', fileName: 'orders.csv' } },
        { id: 'read', type: 'core.fileRead', parameters: { format: 'json' }, onError: 'errorOutput' },
        { id: 'instead', type: 'core.set', parameters: { fields: { code: '={{ $json.error.code }}' }, keep: 'none' } },
      ],
      ['start>write', 'write>read', 'read.error>instead'],
    ),
    items,
    status: 'succeeded',
    result: [{ code: 'file.unreadable' }],
  },
];
