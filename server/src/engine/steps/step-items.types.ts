import type { RunItems } from './run-items.service.js';

/** Where the items of a run are found, whatever keeps them. */
export type StepItems = Pick<RunItems, 'of' | 'input' | 'finished'>;
