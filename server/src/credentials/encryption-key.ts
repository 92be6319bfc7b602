import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../config/config.service.js';
import { InvalidSetting } from '../config/config.errors.js';
import { KeyRing, newKeyText } from './key-ring.js';

export interface EncryptionKey {
  ring: KeyRing;
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
export function readEncryptionKey(settings: Settings): EncryptionKey {
  if (settings.encryptionKey !== undefined) {
    return {
      ring: ringOf('WFAIB_ENCRYPTION_KEY', settings.encryptionKey),
      source: 'WFAIB_ENCRYPTION_KEY',
      isNew: false,
    };
  }
  const file = join(settings.dataDir, 'encryption.key');
  const isNew = makeKeyFile(settings.dataDir, file);
  return { ring: ringOf(file, readFileSync(file, 'utf8')), source: file, isNew };
}

function ringOf(source: string, material: string): KeyRing {
  try {
    return new KeyRing(material);
  } catch (error) {
    throw new InvalidSetting(source, (error as Error).message);
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
