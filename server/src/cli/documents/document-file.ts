import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandFailed } from '../cli.errors.js';
import { canonicalText, isObject, type RawDocument } from './canonical-text.js';

/** @throws CommandFailed where the file is not there, or is no JSON */
export function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailed('cli.fileUnreadable', `The file ${path} cannot be read (${code}).`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CommandFailed('cli.fileBroken', `The file ${path} is no JSON: ${(error as Error).message}`);
  }
}

/** @throws CommandFailed where the file is not there, or holds no document */
export function readDocument(path: string): RawDocument {
  const value = readJson(path);
  if (isObject(value)) return value;
  throw new CommandFailed('cli.fileBroken', `The file ${path} holds no workflow document: that is a JSON object.`);
}

export function findDocument(path: string): RawDocument | undefined {
  return existsSync(path) ? readDocument(path) : undefined;
}

export function writeDocument(path: string, document: RawDocument): void {
  writeWhole(path, canonicalText(document));
}

/** All of it or nothing: a file is never left half written. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/** A file name for a workflow: `Order intake` becomes `order-intake.json`. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `${plain === '' ? 'workflow' : plain}.json`;
}
