/** Shows a field only while another parameter has one of these values. */
export type ShowWhen = Record<string, readonly unknown[]>;

interface FieldBase {
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
  /** `true` where only an expression makes sense: a plain text is a mistake. @defaultValue false */
  expressionOnly?: boolean;
  /**
   * Templates in it reach the node as they were written: the node evaluates them itself, because what they are about
   * (a response, for example) is not there yet when its parameters are evaluated.
   * @defaultValue false
   */
  deferred?: boolean;
}

export interface Choice {
  value: string | number | boolean;
  label: string;
  help?: string;
}

/** The kinds of field a form can hold. They are plain JSON: editor, validator and API read the same thing. */
export type Field =
  | (FieldBase & {
      kind: 'text';
      /** `duration`: like 30m or 1h30m. `timezone`: a name like Europe/Berlin. */
      format?: 'duration' | 'timezone';
      /** Shortest duration, in milliseconds. */
      minMs?: number;
    })
  | (FieldBase & { kind: 'longtext' })
  | (FieldBase & { kind: 'code'; language: 'javascript' | 'typescript' | 'sql' | 'html' | 'json' })
  | (FieldBase & { kind: 'number'; min?: number; max?: number; integer?: boolean })
  | (FieldBase & { kind: 'boolean' })
  | (FieldBase & { kind: 'datetime' })
  | (FieldBase & {
      kind: 'select';
      choices: Choice[];
      /** A list of texts is accepted beside the choices. */ orValues?: boolean;
    })
  | (FieldBase & { kind: 'multiselect'; choices: Choice[] })
  /** Choices that the connector loads when asked. */
  | (FieldBase & { kind: 'lookup'; loader: string; dependsOn?: string[]; searchable?: boolean })
  /** Fields that the connector loads when asked. */
  | (FieldBase & { kind: 'dynamicGroup'; loader: string; dependsOn?: string[] })
  /** A list of groups of fields. */
  | (FieldBase & { kind: 'list'; of: Record<string, Field>; itemLabel?: string })
  /** A list of plain values. */
  | (FieldBase & { kind: 'values'; of: 'text' | 'number'; /** `cron`: times like 0 9 * * MON-FRI. */ format?: 'cron' })
  /** An object of names to values. */
  | (FieldBase & { kind: 'keyvalue' })
  /** An object with fixed fields. */
  | (FieldBase & { kind: 'group'; of: Record<string, Field> })
  | (FieldBase & { kind: 'json' })
  /** Name of a file in the item. */
  | (FieldBase & { kind: 'file' })
  | (FieldBase & { kind: 'secret' })
  /** The conditions of an If, Filter or Switch. */
  | (FieldBase & { kind: 'conditions' })
  /** Text for the person, no value. */
  | (FieldBase & { kind: 'notice'; tone?: 'info' | 'warning' });

export type FieldKind = Field['kind'];
