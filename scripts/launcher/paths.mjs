import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stop } from './say.mjs';

/** The repository folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where tools the launcher fetches are kept: shared by all data folders of this clone. */
export const toolsDir = join(root, '.wfaib');

/** Makes the data folder of this installation, or says why it cannot. */
export function openDataDir() {
  const dir = resolve(root, process.env.WFAIB_DATA_DIR ?? '.wfaib');
  try {
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    mkdirSync(toolsDir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    throw new Stop(
      `The data folder ${dir} cannot be written (${error.code}). Give this user write access, or set WFAIB_DATA_DIR to another folder.`,
    );
  }
  return dir;
}
