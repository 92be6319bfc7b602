import { jsonLanguage } from '@codemirror/lang-json';
import type { ItemInput } from '@wfaib/sdk/items';
import { messageOf } from '../../api/client.js';
import { t } from '../i18n/i18n.js';
import { toldMessage } from '../i18n/server-texts.js';

/** The items that somebody wrote as JSON, one object or a list of them, or what is wrong with the text, in a sentence. */
export function readItems(text: string): { items: ItemInput[] } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = toldMessage(messageOf(error).replaceAll(/\s+/g, ' '));
    return { problem: t('data.brokenLine', { line: brokenLine(text), error: message }) };
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const odd = list.findIndex((one) => !isObject(one));
  if (odd >= 0) return { problem: t('data.noItem', { index: odd + 1 }) };
  return { items: list.map((one) => (isWhole(one) ? one : ({ json: one } as ItemInput))) };
}

/** Items as a person writes them: one of them without the list around it. */
export function textOfItems(items: readonly ItemInput[]): string {
  const written = items.map(({ json, files }) => (files || isWhole(json) ? { json, files } : json));
  return JSON.stringify(written.length === 1 ? written[0] : written, null, 2);
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it is an item with its files rather than the fields of one, as the server tells them apart. */
function isWhole(value: unknown): value is ItemInput {
  const { json, files, ...rest } = value as Partial<ItemInput>;
  return isObject(json) && (files === undefined || isObject(files)) && Object.keys(rest).length === 0;
}

/** From 1. Not every browser says where in a text it stopped reading. */
function brokenLine(text: string): number {
  let end = text.length;
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) end = Math.min(end, from);
    },
  });
  return text.slice(0, end).split('\n').length;
}
