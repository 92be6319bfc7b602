import type { Choice, Field } from '@wfaib/sdk/fields';
import { say, type Sentence, type SentenceValue } from '@wfaib/sdk/sentence';
import { DateTime, IANAZone } from 'luxon';
import { cronFault } from './cron.js';
import { parseDuration } from './duration.js';

type FieldOf<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

/**
 * What is wrong with a literal value of a field, as the end of a sentence that begins with the field's name; `undefined`
 * when it is fine. Groups and lists are checked for being one: what is inside them is another field's matter.
 */
export function valueFault(field: Field, value: unknown): Sentence | undefined {
  switch (field.kind) {
    case 'text':
      return textFault(field, value);
    case 'longtext':
    case 'lookup':
    case 'secret':
    case 'file':
    case 'code':
      return isScalar(value) ? undefined : say`must be a text`;
    case 'number':
      return numberFault(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : say`must be true or false`;
    case 'datetime':
      return isDate(value) ? undefined : say`must be a date and time like 2030-01-31T09:00`;
    case 'select':
      return selectFault(field, value);
    case 'multiselect':
      return Array.isArray(value) && value.every((each) => isChoice(field.choices, each))
        ? undefined
        : say`must be a list of ${{ choices: named(field.choices) }}`;
    case 'values':
      return valuesFault(field, value);
    case 'list':
    case 'conditions':
      return Array.isArray(value) && value.every(isObject) ? undefined : say`must be a list of objects`;
    case 'keyvalue':
    case 'group':
    case 'dynamicGroup':
      return isObject(value) ? undefined : say`must be an object of names and values`;
    case 'json':
    case 'notice':
      return undefined;
  }
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function textFault(field: FieldOf<'text'>, value: unknown): Sentence | undefined {
  if (field.format === 'duration') return durationFault(field, value);
  if (field.format === 'timezone') {
    const isZone = typeof value === 'string' && IANAZone.isValidZone(value);
    return isZone
      ? undefined
      : say`is ${{ value: shown(value) }}, which is no time zone: write a name like Europe/Berlin or UTC`;
  }
  if (field.expressionOnly && typeof value === 'string' && !['', 'true', 'false'].includes(value)) {
    return say`must be an expression: write it as ={{ … }}`;
  }
  return isScalar(value) ? undefined : say`must be a text`;
}

function durationFault({ minMs = 0 }: FieldOf<'text'>, value: unknown): Sentence | undefined {
  const durationMs = parseDuration(value);
  if (durationMs === undefined) return say`must be a duration like 30m, 1h30m or 2d`;
  return durationMs < minMs
    ? say`is ${{ value: shown(value) }}, which is too short: the least is ${{ least: minMs / 1000 }}s`
    : undefined;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}

function numberFault(field: FieldOf<'number'>, value: unknown): Sentence | undefined {
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return say`must be a number: write it without quotes`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return say`must be a number`;
  if (field.integer && !Number.isInteger(value)) return say`must be a whole number`;
  if (field.min !== undefined && value < field.min) return say`must be at least ${{ min: field.min }}`;
  if (field.max !== undefined && value > field.max) return say`must be at most ${{ max: field.max }}`;
  return undefined;
}

function selectFault(field: FieldOf<'select'>, value: unknown): Sentence | undefined {
  if (isChoice(field.choices, value)) return undefined;
  if (!field.orValues) return say`must be ${{ choices: named(field.choices) }}`;
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? undefined : say`must be ${{ choices: named(field.choices) }}, or a list of texts`;
}

function valuesFault(field: FieldOf<'values'>, value: unknown): Sentence | undefined {
  const isElement = (each: unknown): boolean => (field.of === 'number' ? typeof each === 'number' : isScalar(each));
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every(isElement))
    return field.of === 'number' ? say`must be a list of numbers` : say`must be a list of texts`;
  return field.format === 'cron' ? firstCronFault(list) : undefined;
}

function firstCronFault(list: unknown[]): Sentence | undefined {
  for (const text of list.map(String)) {
    const fault = cronFault(text);
    if (fault !== undefined) return say`holds ${{ value: shown(text) }}, which ${{ fault }}`;
  }
  return undefined;
}

function isDate(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && DateTime.fromISO(value).isValid;
}

function isChoice(choices: readonly Choice[], value: unknown): boolean {
  return choices.some((choice) => choice.value === value);
}

function named(choices: readonly Choice[]): SentenceValue {
  const [last, ...others] = choices.map((choice) => JSON.stringify(choice.value)).reverse();
  return others.reduce<SentenceValue>((after, value) => say`${{ value }} or ${{ after }}`, last ?? '');
}
