import { environment } from './environment.js';
import { settingNotes } from './setting-types.js';

/** One row of `docs/settings.md`. */
export interface SettingRow {
  name: string;
  meaning: string;
  unit: string;
  /** What counts when it is not set. */
  whenNotSet: string;
  /** May be given as `<name>_FILE`. */
  secret: boolean;
}

/** All settings, in the order of the schema. */
export function settingsTable(): SettingRow[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const notes = settingNotes.get(schema)!;
    const defaultValue = 'def' in schema && 'defaultValue' in schema.def ? String(schema.def.defaultValue) : '';
    return {
      name,
      meaning: schema.meta()?.description ?? '',
      unit: notes.unit,
      whenNotSet: notes.otherwise ?? defaultValue,
      secret: notes.secret ?? false,
    };
  });
}

/** The settings as a Markdown table. */
export function settingsMarkdown(): string {
  const rows = settingsTable().map(
    (row) =>
      `| \`${row.name}\`${row.secret ? ' (or `_FILE`)' : ''} | ${row.meaning} | ${row.unit} | ${row.whenNotSet} |`,
  );
  return ['| Setting | Meaning | Unit or values | When not set |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
