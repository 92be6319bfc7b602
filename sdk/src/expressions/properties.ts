import type { DateTime, Duration } from 'luxon';
import type { Evaluation } from './evaluation.js';
import { FunctionValue } from './functions.js';
import { arrayMembers } from './methods/array.js';
import { booleanMembers } from './methods/boolean.js';
import { dateMembers } from './methods/date.js';
import { durationMembers } from './methods/duration.js';
import { numberMembers } from './methods/number.js';
import { objectMembers } from './methods/object.js';
import { regexMembers } from './methods/regex.js';
import { stringMembers } from './methods/string.js';
import type { Pattern } from './pattern.js';
import { readCharacter, readElement, readOwn } from './own-data.js';
import { kindOf, type Kind } from './values.js';
import type { MemberTable, Method, Namespace, View } from './views.js';

/** The members of each kind of value: the evaluator dispatches on it, the editor completes from it. */
export const memberTables = {
  string: stringMembers,
  number: numberMembers,
  boolean: booleanMembers,
  array: arrayMembers,
  object: objectMembers,
  date: dateMembers,
  duration: durationMembers,
  regex: regexMembers,
} as const;

const tables = memberTables as unknown as Partial<Record<Kind, MemberTable<unknown>>>;

/** The value of `object[key]`: own data and listed members, nothing else; undefined where there is none. */
export function readProperty(object: unknown, key: string | number, run: Evaluation): unknown {
  switch (kindOf(object)) {
    case 'object':
      return readOwn(object as object, key);
    case 'array':
      return readElement(object as unknown[], key);
    case 'string':
      return readCharacter(object as string, key);
    case 'date':
      return dateMembers.properties.get(String(key))?.read(object as DateTime, run);
    case 'duration':
      return durationMembers.properties.get(String(key))?.read(object as Duration, run);
    case 'regex':
      return regexMembers.properties.get(String(key))?.read(object as Pattern, run);
    case 'namespace':
      return readMember(object as Namespace, undefined, String(key), run);
    case 'view':
      return readMember(object as View, (object as View).target, String(key), run);
    default:
      return undefined;
  }
}

function readMember(owner: { members: MemberTable<never> }, target: unknown, key: string, run: Evaluation): unknown {
  const members = owner.members as unknown as MemberTable<unknown>;
  const property = members.properties.get(key);
  if (property !== undefined) return property.read(target, run);
  const method = members.methods.get(key);
  if (method === undefined) return undefined;
  return new FunctionValue((args, later) => method.call(target, args, later));
}

/** The method that `object.name(…)` means, if the language has it. */
export function findMethod(object: unknown, name: string): Method<unknown> | undefined {
  const kind = kindOf(object);
  if (kind === 'namespace' || kind === 'view') {
    return ((object as Namespace | View).members as unknown as MemberTable<unknown>).methods.get(name);
  }
  return tables[kind]?.methods.get(name);
}

/** What the method gets as its target. */
export function methodTarget(object: unknown): unknown {
  return kindOf(object) === 'view' ? (object as View).target : object;
}
