import { jsonLanguage } from '@codemirror/lang-json';
import type { ItemInput } from '@wfaib/sdk/items';
import { messageOf } from '../../../api/client.js';
import { t } from '../../../shared/i18n/i18n.js';
import { toldMessage } from '../../../shared/i18n/server-texts.js';

/** What a text gives a test to start with, or what is wrong with it, in a sentence. */
export function readTestInput(text: string): { input: object } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.every(isObject) ? { input: value as object } : { problem: t('editor.testInput.noObject') };
  } catch (error) {
    return {
      problem: t('editor.testInput.noJson', {
        line: brokenLine(text),
        error: toldMessage(messageOf(error).replaceAll(/\s+/g, ' ')),
      }),
    };
  }
}

/** Items as a person writes them: one of them without the list around it. */
export function textOfItems(items: readonly ItemInput[]): string {
  const written = items.map(({ json, files }) => (files ? { json, files } : json));
  return JSON.stringify(written.length === 1 ? written[0] : written, null, 2);
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

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
