import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';

/** Starts a run at given times. The times are kept in the room `triggers`; here the moment is passed on. */
export const scheduleNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.schedule',
    label: 'Schedule',
    description: 'Starts the workflow at given times, or again and again.',
    icon: 'calendar-clock',
    category: 'trigger',
    isTrigger: true,
    inputs: [],
    fields: {
      cron: {
        kind: 'values',
        of: 'text',
        format: 'cron',
        label: 'At these times',
        help: 'Cron expressions: minute, hour, day, month, weekday; seconds may come first. It starts at the times of all of them.',
        placeholder: '0 9 * * MON-FRI',
        expressions: false,
      },
      every: {
        kind: 'text',
        format: 'duration',
        minMs: 1_000,
        label: 'Or every',
        help: 'A duration from 1s: 30s, 15m, 6h. It counts from midnight of 1 January 1970 UTC, so 15m is at :00, :15, :30 and :45.',
        placeholder: '15m',
        expressions: false,
      },
      timezone: {
        kind: 'text',
        format: 'timezone',
        label: 'Time zone',
        help: 'Where the times of cron are local. Left empty, it is the time zone of the workflow.',
        placeholder: 'Europe/Berlin',
        expressions: false,
      },
      catchUp: {
        kind: 'text',
        format: 'duration',
        label: 'Catch up',
        help: 'A start that was missed while the server was down is made up for when it is not older than this.',
        placeholder: '10m',
        default: '10m',
        expressions: false,
      },
      overlap: {
        kind: 'select',
        label: 'While a run is still going',
        choices: [
          { value: 'skip', label: 'Skip', help: 'The start is left out.' },
          { value: 'buffer', label: 'Wait', help: 'The start waits until the run has ended.' },
          { value: 'allow', label: 'Start anyway', help: 'Runs go side by side.' },
        ],
        default: 'skip',
        expressions: false,
      },
    },
    requiredOneOf: [['cron', 'every']],
    summary: '{{cron}}{{every}}',
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
};
