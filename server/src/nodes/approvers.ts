import { asTexts } from './parameter-shapes.js';

/** People who are named as approvers, each once, as lower case; a text may hold several, with commas between them. */
export function approversIn(value: unknown): string[] {
  const texts = asTexts(value).flatMap((text) => text.split(/[,;\n]/));
  return [...new Set(texts.map((text) => text.trim().toLowerCase()).filter(Boolean))];
}
