/** What tests of plugins need. */
export { fetchTransport } from './fetch-transport.js';
export { MemoryFiles } from './memory-files.js';
export { runAction } from './run-action.js';
export type { RunActionOptions, RunActionResult } from './run-action.js';
