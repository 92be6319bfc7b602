import type { Choice, Field } from '@wfaib/sdk/fields';
import { DateTime, IANAZone } from 'luxon';
import { cronFault } from './cron.js';
import { parseDuration } from './duration.js';

type FieldOf<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

/**
 * What is wrong with a literal value of a field, as the end of a sentence that begins with the field's name; `undefined`
 * when it is fine. Groups and lists are checked for being one: what is inside them is another field's matter.
 */
export function valueFault(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case 'text':
      return textFault(field, value);
    case 'longtext':
    case 'lookup':
    case 'secret':
    case 'file':
    case 'code':
      return isScalar(value) ? undefined : 'must be a text';
    case 'number':
      return numberFault(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'datetime':
      return isDate(value) ? undefined : 'must be a date and time like 2030-01-31T09:00';
    case 'select':
      return selectFault(field, value);
    case 'multiselect':
      return Array.isArray(value) && value.every((each) => isChoice(field.choices, each))
        ? undefined
        : `must be a list of ${named(field.choices)}`;
    case 'values':
      return valuesFault(field, value);
    case 'list':
    case 'conditions':
      return Array.isArray(value) && value.every(isObject) ? undefined : 'must be a list of objects';
    case 'keyvalue':
    case 'group':
    case 'dynamicGroup':
      return isObject(value) ? undefined : 'must be an object of names and values';
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

function textFault(field: FieldOf<'text'>, value: unknown): string | undefined {
  if (field.format === 'duration') return durationFault(field, value);
  if (field.format === 'timezone') {
    const isZone = typeof value === 'string' && IANAZone.isValidZone(value);
    return isZone ? undefined : `is ${shown(value)}, which is no time zone: write a name like Europe/Berlin or UTC`;
  }
  if (field.expressionOnly && typeof value === 'string' && !['', 'true', 'false'].includes(value)) {
    return 'must be an expression: write it as ={{ … }}';
  }
  return isScalar(value) ? undefined : 'must be a text';
}

function durationFault({ minMs = 0 }: FieldOf<'text'>, value: unknown): string | undefined {
  const durationMs = parseDuration(value);
  if (durationMs === undefined) return 'must be a duration like 30m, 1h30m or 2d';
  return durationMs < minMs ? `is ${shown(value)}, which is too short: the least is ${minMs / 1000}s` : undefined;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}

function numberFault(field: FieldOf<'number'>, value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return 'must be a number: write it without quotes';
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (field.integer && !Number.isInteger(value)) return 'must be a whole number';
  if (field.min !== undefined && value < field.min) return `must be at least ${field.min}`;
  if (field.max !== undefined && value > field.max) return `must be at most ${field.max}`;
  return undefined;
}

function selectFault(field: FieldOf<'select'>, value: unknown): string | undefined {
  if (isChoice(field.choices, value)) return undefined;
  if (!field.orValues) return `must be ${named(field.choices)}`;
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? undefined : `must be ${named(field.choices)}, or a list of texts`;
}

function valuesFault(field: FieldOf<'values'>, value: unknown): string | undefined {
  const isElement = (each: unknown): boolean => (field.of === 'number' ? typeof each === 'number' : isScalar(each));
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every(isElement)) return `must be a list of ${field.of === 'number' ? 'numbers' : 'texts'}`;
  return field.format === 'cron' ? firstCronFault(list) : undefined;
}

function firstCronFault(list: unknown[]): string | undefined {
  for (const text of list.map(String)) {
    const fault = cronFault(text);
    if (fault !== undefined) return `holds ${shown(text)}, which ${fault}`;
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

function named(choices: readonly Choice[]): string {
  return choices.map((choice) => JSON.stringify(choice.value)).join(' or ');
}
