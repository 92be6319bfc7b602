import type { Choice } from '@wfaib/sdk/fields';
import { csv } from './csv.js';
import type { FileFormat } from './file-format.types.js';
import { html } from './html-table.js';
import { json, jsonl, text } from './json-formats.js';
import { xlsx } from './xlsx.js';
import { xml } from './xml.js';

/** All formats by the name a document has for them, in the order of the form. */
export const fileFormats: ReadonlyMap<string, FileFormat> = new Map(
  Object.entries({ csv, json, jsonl, text, xlsx, xml, html }),
);

/** The choices of a form, "auto" first. */
export function formatChoices(auto: string): Choice[] {
  const choices = [...fileFormats].map(([value, { label }]) => ({ value, label: value === 'text' ? 'Text' : label }));
  return [{ value: 'auto', label: auto }, ...choices];
}

/** The format of a file by the end of its name, then by its type; undefined where neither says. */
export function formatOf({ name, mimeType }: { name: string; mimeType?: string }): FileFormat | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const all = [...fileFormats.values()];
  return (
    all.find(({ extensions }) => name.includes('.') && extensions.includes(ending)) ??
    all.find((format) => format.mimeType === mimeType || format.alsoTypes?.includes(mimeType ?? '')) ??
    (mimeType?.startsWith('text/') ? text : undefined)
  );
}
