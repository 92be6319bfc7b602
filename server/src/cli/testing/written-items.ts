import type { ItemInput, JsonObject } from '@wfaib/sdk/items';
import type { WrittenItems } from './test-file.schema.js';

/** Items as they stand in a test file: a plain object is the `json` of one. */
export function readItems(written: WrittenItems): ItemInput[] {
  return (Array.isArray(written) ? written : [written]).map((each) =>
    isItem(each) ? (each as ItemInput) : { json: each as JsonObject },
  );
}

function isItem(value: object): boolean {
  const { json, ...rest } = value as Record<string, unknown>;
  const others = Object.keys(rest).filter((name) => name !== 'files');
  return typeof json === 'object' && json !== null && !Array.isArray(json) && others.length === 0;
}
