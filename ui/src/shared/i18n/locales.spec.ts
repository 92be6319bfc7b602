import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { hardCodedTexts } from './hard-coded-texts.test-support.js';

const source = join(import.meta.dirname, '../..');
const catalog = (language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `locales/${language}.json`), 'utf8')) as Record<string, string>;
const filesIn = (folder: string) =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.spec.'))
    .map((name) => join(folder, name));

/** Parts of the interface whose texts all come from the catalogs. */
const translated = ['app', 'features/auth', 'shared/components'];

it.each(['de'])('has every text in %s, with the same names to fill in', (language) => {
  const [english, other] = [catalog('en'), catalog(language)];
  const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect([key, other[key]]).not.toEqual([key, '']);
    expect([key, namesIn(other[key] ?? '')]).toEqual([key, namesIn(text)]);
  }
});

it('has no text that nobody shows', () => {
  const all = ['app', 'features', 'shared', 'api']
    .flatMap(filesIn)
    .map((name) => readFileSync(join(source, name), 'utf8'))
    .join('\n');
  const unused = Object.keys(catalog('en')).filter(
    (key) => !all.includes(`'${key}'`) && !all.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`),
  );
  expect(unused).toEqual([]);
});

it.each(translated)('holds no text of its own in %s', (folder) => {
  const found = filesIn(folder).flatMap((name) =>
    hardCodedTexts(ts, name, readFileSync(join(source, name), 'utf8')).map((text) => `${name}: ${text}`),
  );
  expect(found).toEqual([]);
});

it('finds the texts that are written into a component', () => {
  const code = '<p title="Seen" className="not">Also seen {name} <b aria-label={`x`}>…</b></p>';
  expect(hardCodedTexts(ts, 'x.tsx', `const x = ${code};`)).toEqual(['Seen', 'Also seen']);
});
