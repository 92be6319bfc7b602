import type { Choice, Field, ShowWhen } from './fields.js';
import type { FileRef, JsonValue } from './items.js';

declare const valueType: unique symbol;

/** A field that remembers, for the compiler only, what `input` holds for it. */
export type TypedField<Value> = Field & { readonly [valueType]?: Value };

/** Fields of an action, by parameter name. */
export type FieldMap = Record<string, Field>;

/** What an action with these fields finds in `input`: required ones and those with a default are always there. */
export type InputOf<Fields extends FieldMap> = {
  [Name in keyof Fields]: Fields[Name] extends TypedField<infer Value> ? Value : unknown;
};

/** What every field can say of itself. */
export interface FieldOptions {
  label: string;
  /** One sentence under the field. */
  help?: string;
  placeholder?: string;
  /** @defaultValue false */
  required?: boolean;
  default?: unknown;
  showWhen?: ShowWhen;
  /** `false` where an expression makes no sense. @defaultValue true */
  expressions?: boolean;
  /** Templates in it are left as they are written; the action evaluates them itself. @defaultValue false */
  deferred?: boolean;
}

type Given = string | number | boolean | null | object;
// A default of undefined is no default.
type Present<Options, Value> = Options extends { required: true } | { default: Given } ? Value : Value | undefined;

type ChoiceOptions = FieldOptions & { choices: readonly Choice[] };
type ChoiceValue<Options extends ChoiceOptions> = Options['choices'][number]['value'];

function field<Value>(kind: Field['kind'], options: object): TypedField<Value> {
  return { kind, ...options } as unknown as TypedField<Value>;
}

/** Builds the fields of an action or a credential: `f.text({ label: 'E-mail', required: true })`. */
export const f = {
  /** One line of text. */
  text: <const O extends FieldOptions>(options: O) => field<Present<O, string>>('text', options),
  /** An address; a text field that says what it is for. */
  url: <const O extends FieldOptions>(options: O) =>
    field<Present<O, string>>('text', { placeholder: 'https://', ...options }),
  longtext: <const O extends FieldOptions>(options: O) => field<Present<O, string>>('longtext', options),
  code: <const O extends FieldOptions & { language: 'javascript' | 'typescript' | 'sql' | 'html' | 'json' }>(
    options: O,
  ) => field<Present<O, string>>('code', options),
  number: <const O extends FieldOptions & { min?: number; max?: number; integer?: boolean }>(options: O) =>
    field<Present<O, number>>('number', options),
  boolean: <const O extends FieldOptions>(options: O) => field<Present<O, boolean>>('boolean', options),
  /** An ISO 8601 date with time and offset, as text. */
  datetime: <const O extends FieldOptions>(options: O) => field<Present<O, string>>('datetime', options),
  select: <const O extends ChoiceOptions>(options: O) => field<Present<O, ChoiceValue<O>>>('select', options),
  multiselect: <const O extends ChoiceOptions>(options: O) =>
    field<Present<O, ChoiceValue<O>[]>>('multiselect', options),
  /** Choices that the connector loads when asked: `loader` names one of the connector's `loaders`. */
  lookup: <const O extends FieldOptions & { loader: string; dependsOn?: string[]; searchable?: boolean }>(options: O) =>
    field<Present<O, string>>('lookup', options),
  /** Fields that the connector loads when asked. */
  dynamicGroup: <const O extends FieldOptions & { loader: string; dependsOn?: string[] }>(options: O) =>
    field<Present<O, Record<string, JsonValue>>>('dynamicGroup', options),
  /** A list of groups of fields. */
  list: <const O extends FieldOptions & { of: FieldMap; itemLabel?: string }>(options: O) =>
    field<Present<O, InputOf<O['of']>[]>>('list', options),
  /** A list of plain texts. */
  texts: <const O extends FieldOptions>(options: O) =>
    field<Present<O, string[]>>('values', { of: 'text', ...options }),
  /** A list of plain numbers. */
  numbers: <const O extends FieldOptions>(options: O) =>
    field<Present<O, number[]>>('values', { of: 'number', ...options }),
  /** An object of names to values. */
  keyvalue: <const O extends FieldOptions>(options: O) =>
    field<Present<O, Record<string, JsonValue>>>('keyvalue', options),
  /** An object with fixed fields. */
  group: <const O extends FieldOptions & { of: FieldMap }>(options: O) =>
    field<Present<O, InputOf<O['of']>>>('group', options),
  json: <const O extends FieldOptions>(options: O) => field<Present<O, JsonValue>>('json', options),
  /** A file of the item. The action gets its reference; `ctx.files` reads the bytes. */
  file: <const O extends FieldOptions>(options: O) => field<Present<O, FileRef>>('file', options),
  secret: <const O extends FieldOptions>(options: O) => field<Present<O, string>>('secret', options),
  /** Text for the person, no value. */
  notice: (options: { label: string; help?: string; tone?: 'info' | 'warning'; showWhen?: ShowWhen }) =>
    field<undefined>('notice', options),
};
