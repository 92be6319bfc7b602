import { readFileSync } from 'node:fs';
import { InvalidSetting } from './config.errors.js';
import { Settings } from './config.service.js';
import { environment } from './environment.js';
import { settingNotes } from './setting-types.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Names of the settings that may also be given as a file. */
export const secretNames: string[] = Object.entries(environment.shape)
  .filter(([, schema]) => settingNotes.get(schema)?.secret)
  .map(([name]) => name);

/**
 * Reads the settings out of environment variables. A variable without text counts as not set.
 * @throws {InvalidSetting} for an unknown `WFAIB_…` name, a bad value, or a `_FILE` that cannot be read.
 */
export function readSettings(variables: Variables): Settings {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const values = withSecretFiles(given as Record<string, string>);
  refuseUnknownNames(Object.keys(values));
  const parsed = environment.safeParse(values);
  if (!parsed.success) throw firstProblem(parsed.error.issues[0]!, values);
  refuseHalfAnOwner(values);
  return new Settings(parsed.data, temporalVariables(values));
}

function withSecretFiles(given: Record<string, string>): Record<string, string> {
  const values = { ...given };
  for (const name of secretNames) {
    const path = values[`${name}_FILE`];
    if (path === undefined) continue;
    if (values[name] !== undefined)
      throw new InvalidSetting(`${name}_FILE`, `and ${name} are both set; keep one of them`);
    values[name] = readSecret(`${name}_FILE`, path);
    delete values[`${name}_FILE`];
  }
  return values;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new InvalidSetting(
      name,
      `names the file ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** Settings of the command line, which may share a shell with the server. */
const namesOfCommandLine = new Set(['WFAIB_URL']);

function refuseUnknownNames(names: string[]): void {
  const unknown = names.find(
    (name) => name.startsWith('WFAIB_') && !(name in environment.shape) && !namesOfCommandLine.has(name),
  );
  if (unknown !== undefined)
    throw new InvalidSetting(unknown, 'is not a setting of WFAIB; see docs/settings.md for the list');
}

function firstProblem(issue: { path: PropertyKey[]; message: string }, values: Record<string, string>): InvalidSetting {
  const name = String(issue.path[0]);
  const value = values[name];
  if (value === undefined) return new InvalidSetting(name, 'is not set, but the server needs it');
  const shown = secretNames.includes(name) ? '' : `is ${JSON.stringify(value)} and `;
  return new InvalidSetting(name, shown + issue.message);
}

function refuseHalfAnOwner(values: Record<string, string>): void {
  const has = (name: string) => values[name] !== undefined;
  if (has('WFAIB_OWNER_EMAIL') && !has('WFAIB_OWNER_PASSWORD'))
    throw new InvalidSetting('WFAIB_OWNER_EMAIL', 'is set without WFAIB_OWNER_PASSWORD; set both or none');
  if (has('WFAIB_OWNER_PASSWORD') && !has('WFAIB_OWNER_EMAIL'))
    throw new InvalidSetting('WFAIB_OWNER_PASSWORD', 'is set without WFAIB_OWNER_EMAIL; set both or none');
}

function temporalVariables(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('TEMPORAL_')));
}
