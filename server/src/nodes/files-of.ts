import type { FileRef, Item } from '@wfaib/sdk/items';

/** All files of several items; a name that is taken gets a number: `data`, `data_1`, `data_2`. */
export function gatheredFiles(items: readonly Item[]): Record<string, FileRef> {
  const files: Record<string, FileRef> = {};
  for (const item of items) {
    for (const [name, file] of Object.entries(item.files ?? {})) files[freeName(files, name)] = file;
  }
  return files;
}

function freeName(files: Record<string, FileRef>, name: string): string {
  if (!Object.hasOwn(files, name)) return name;
  let number = 1;
  while (Object.hasOwn(files, `${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
