import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../config/config.service.js';
import { InvalidSetting } from '../config/config.errors.js';
import { newKeyText, requireKeys } from './key-ring.js';

export interface KeyMaterial {
  /** One key or several, newest first, separated by commas. */
  text: string;
  /** Where it came from, for people: a setting or a file. */
  source: string;
  /** It was made just now. */
  isNew: boolean;
}

/**
 * The key from `WFAIB_ENCRYPTION_KEY`, else from `encryption.key` in the data folder, which is made (readable by its owner only)
 * where there is none. Two servers that start at once agree on one.
 * @throws InvalidSetting
 */
export function readKeyMaterial(settings: Settings): KeyMaterial {
  if (settings.encryptionKey !== undefined) {
    return checked({ text: settings.encryptionKey, source: 'WFAIB_ENCRYPTION_KEY', isNew: false });
  }
  const file = join(settings.dataDir, 'encryption.key');
  const isNew = makeKeyFile(settings.dataDir, file);
  return checked({ text: readFileSync(file, 'utf8'), source: file, isNew });
}

function checked(material: KeyMaterial): KeyMaterial {
  try {
    return { ...material, text: requireKeys(material.text) };
  } catch (error) {
    throw new InvalidSetting(material.source, (error as Error).message);
  }
}

/** Written aside and linked into place, so that nobody ever reads half a key. Answers whether it was this call that made it. */
function makeKeyFile(folder: string, file: string): boolean {
  mkdirSync(folder, { recursive: true });
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, `${newKeyText()}\n`, { mode: 0o600 });
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside);
  }
}
