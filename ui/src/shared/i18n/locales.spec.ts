import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { hardCodedTexts } from './hard-coded-texts.test-support.js';
import { de } from './locales/de.js';
import { en } from './locales/en.js';

const source = join(import.meta.dirname, '../..');
const catalogs: Record<string, Record<string, string>> = { en, de };
const filesIn = (folder: string) =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(spec|test-support)\./.test(name))
    .map((name) => join(folder, name));

/** Where texts are not for those who use the interface: samples for those who build it. */
const leftOut = ['features/gallery', 'testing'];

/** Words by which people find a step, in English and as other products name it: they are searched, never shown. */
const searched = ['features/editor/picker/aliases.ts'];

/** Names and keys that are the same in every language. */
const sameEverywhere = ['English', 'Deutsch', 'apiUrl', 'Temporal', 'cURL', 'Content-Type'];

/** Keys, as they are written on the keyboard and in the table of keys. */
const isKeys = (text: string) => /^((Ctrl|Shift|Alt)\+)+\S+$|^(Esc|Del)$/.test(text);

/** Names of sections of commands: the catalogs have them as `editor.section.…`. */
const isSection = (text: string) => `editor.section.${text}` in en;

/** What programmers read, and what the preview says in English, as the evaluator does: it is translated where it is shown. */
const spokenInEnglish = [
  'A field with fields inside needs a form around it.',
  'There is no run around this component.',
  'No step is chosen.',
  'The app has to put its parts into the editor.',
  'The editor store is only there inside the editor.',
  '“…” has no items to look at yet.',
];

it.each(['de'])('has every text in %s, with the same names to fill in', (language) => {
  const [english, other] = [catalogs['en'] ?? {}, catalogs[language] ?? {}];
  const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();
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
  // `approvals.status.${status}` names every text that fits it.
  const madeNames = [...all.matchAll(/\bt\(`([^`]+)`/g)].map(
    ([, name = '']) => new RegExp(`^${name.replaceAll('.', '\\.').replace(/\$\{.*?\}/g, '\\w+')}$`),
  );
  const unused = Object.keys(en)
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !all.includes(`'${key}'`) && !madeNames.some((name) => name.test(key)));
  expect(unused).toEqual([]);
});

it('gives each text the names and the count it asks for', () => {
  const wanted = new Map<string, Set<string>>();
  for (const [key, text] of Object.entries(en)) {
    const name = key.replace(/_(one|other)$/, '');
    const names = [...text.matchAll(/\{\{(\w+)/g)].map(([, one = '']) => one);
    wanted.set(name, new Set([...(wanted.get(name) ?? []), ...names, ...(name === key ? [] : ['count'])]));
  }
  const lacking = filesIn('.').flatMap((file) => {
    const code = readFileSync(join(source, file), 'utf8');
    return [...code.matchAll(/\bt\('([\w.]+)'(?:\s*\)|,\s*\{((?:[^{}]|\{[^{}]*\})*)\})/g)].flatMap(
      ([, key = '', given = '']) =>
        [...(wanted.get(key) ?? [])]
          .filter((name) => !new RegExp(`\\b${name}\\b`).test(given))
          .map((name) => `${file}: ${key} without ${name}`),
    );
  });
  expect(lacking).toEqual([]);
});

it('holds no text of its own', () => {
  const found = filesIn('.')
    .filter((name) => !leftOut.some((folder) => name.startsWith(`${folder}/`)) && !searched.includes(name))
    .flatMap((name) =>
      hardCodedTexts(ts, name, readFileSync(join(source, name), 'utf8')).map((text) => ({ name, text })),
    )
    .filter(
      ({ text }) =>
        !sameEverywhere.includes(text) &&
        !spokenInEnglish.includes(text) &&
        !(text in en) &&
        !isKeys(text) &&
        !isSection(text),
    )
    .map(({ name, text }) => `${name}: ${text}`);
  expect(found).toEqual([]);
});

it('finds the texts that are written into a component', () => {
  const code = '<p title="Seen" className="not">Also seen {name} <b aria-label={`x`}>…</b></p>';
  expect(hardCodedTexts(ts, 'x.tsx', `const x = ${code};`)).toEqual(['Seen', 'Also seen']);
});
