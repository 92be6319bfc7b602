import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate } from '@wfaib/sdk/expressions/template';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import errors from '../../ui/src/shared/i18n/locales/de-server/errors.json' with { type: 'json' };
import libraries from '../../ui/src/shared/i18n/locales/de-server/libraries.json' with { type: 'json' };
import sentences from '../../ui/src/shared/i18n/locales/de-server/sentences.json' with { type: 'json' };
import steps from '../../ui/src/shared/i18n/locales/de-server/steps.json' with { type: 'json' };
import templates from '../../ui/src/shared/i18n/locales/de-server/templates.json' with { type: 'json' };
import { recogniserOf } from '../../ui/src/shared/i18n/recognise.js';
import { saidInErrors } from './error-texts.js';
import { saidBySteps, wordless } from './server-texts.js';

const root = join(import.meta.dirname, '../..');
const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(root, folder, name));

const sources = ['server/src', 'sdk/src']
  .flatMap((folder) => filesIn(folder, /(?<!spec|test-support|\.d|\/sentence|^sentence)\.ts$/))
  .map((file) => ({ file, code: readFileSync(file, 'utf8') }));

/** The texts of all sentences in the sources. Each value stands in an object with its name, so that they can be read here. */
function sentencesIn({ file, code }: { file: string; code: string }): string[] {
  if (!code.includes('say`')) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') found.push(textOf(node.template));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true));
  return found;
}

function textOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  const spans = template.templateSpans.map(({ expression, literal }) => {
    const [named, ...more] = ts.isObjectLiteralExpression(expression) ? expression.properties : [];
    if (!named?.name || more.length > 0)
      throw new Error(`A value of say has no name of its own: ${template.getText()}`);
    return `{{${named.name.getText()}}}${literal.text}`;
  });
  return template.head.text + spans.join('');
}

/** What a path parameter names, in "There is no …". */
const titles = sources.flatMap(({ code }) =>
  [...code.matchAll(/\.meta\(\{ title: '([^']+)' \}\)/g)].map(([, title = '']) => title),
);

const documents = filesIn('ui/src/features/templates/documents', /\.json$/).map(
  (file) =>
    JSON.parse(readFileSync(file, 'utf8')) as { name: string; meta: { summary: string }; nodes: { name: string }[] },
);

const rooms: [string, Record<string, string>, readonly string[]][] = [
  ['sentences', sentences, [...sources.flatMap(sentencesIn), ...titles]],
  ['errors', errors, saidInErrors()],
  ['steps', steps, saidBySteps()],
  [
    'templates',
    templates,
    documents.flatMap(({ name, meta, nodes }) => [name, meta.summary, ...nodes.map((n) => n.name)]),
  ],
];

describe.each(rooms)('the German %s', (_room, german, said) => {
  const english = new Set(said.filter((text) => !wordless(text)));

  it('are complete', () => {
    expect([...english].filter((text) => german[text] === undefined)).toEqual([]);
  });

  it('translate nothing that is not said any more, and nothing to itself', () => {
    expect(Object.keys(german).filter((text) => !english.has(text))).toEqual([]);
    expect(Object.entries(german).filter(([text, words]) => words === text || words === '')).toEqual([]);
  });

  it('have the same names to fill in', () => {
    for (const [text, words] of Object.entries(german)) expect([text, namesIn(words)]).toEqual([text, namesIn(text)]);
  });
});

it('has errors told in parts wherever people may meet them in the interface', () => {
  const unseen =
    /\/(cli|config|egress|events|interpreter|plan|rehearsal|sandbox|codec|runner|journal|webhook)\/|database|paging/;
  const plain = sources
    .filter(({ file }) => file.endsWith('.errors.ts') && !unseen.test(file))
    .flatMap(({ code }) => code.split(/^(?=export class )/m))
    .filter((code) => /super\(\s*['`]/.test(code))
    .map((code) => /class (\w+)/.exec(code)?.[1]);
  // Thrown when the server starts.
  expect(plain).toEqual(['RouteWithoutAccess']);
});

it('has problems of documents told in parts', () => {
  const plain = sources
    .filter(({ file }) => !file.includes('/cli/'))
    .filter(({ code }) => /\bProblem\b[^;]*from '@wfaib\/sdk\/workflow-document'/.test(code))
    .filter(({ code }) => /message: ?['`"]|const message =/.test(code))
    .map(({ file }) => file.slice(root.length + 1));
  expect(plain).toEqual([]);
});

it('names no step in the expressions of a template, because their names are translated', () => {
  for (const document of documents) expect(JSON.stringify(document)).not.toContain('$(');
});

/** What the libraries we use say of a wrong value, asked of the libraries themselves. */
function saidByLibraries(): string[] {
  const checks: [z.ZodType, unknown][] = [
    [z.string(), 1],
    [z.string(), undefined],
    [z.number(), 'x'],
    [z.number(), NaN],
    [z.int(), 1.5],
    [z.boolean(), null],
    [z.object({}), []],
    [z.array(z.string()), {}],
    [z.record(z.string(), z.string()), true],
    [z.literal(1), 2],
    [z.enum(['a', 'b']), 'c'],
    [z.discriminatedUnion('a', [z.object({ a: z.literal('b') })]), { a: 1 }],
    [z.union([z.string(), z.number()]), true],
    [z.string().max(3), 'abcd'],
    [z.string().min(3), 'ab'],
    [z.array(z.any()).max(1), [1, 2]],
    [z.array(z.any()).min(1), []],
    [z.number().max(3), 4],
    [z.number().min(3), 2],
    [z.number().lt(3), 4],
    [z.number().positive(), 0],
    [z.number().multipleOf(2), 3],
    [z.string().regex(/^a/), 'b'],
    [z.string().startsWith('a'), 'b'],
    [z.string().endsWith('a'), 'b'],
    [z.uuid(), 'x'],
    [z.url(), 'x'],
    [z.email(), 'x'],
    [z.iso.datetime(), 'x'],
    [z.iso.date(), 'x'],
    [z.strictObject({}), { a: 1 }],
    [z.strictObject({}), { a: 1, b: 2 }],
  ];
  const templates = [
    '1 +',
    '#',
    '"a',
    '`a',
    '1a',
    'a = ',
    'if',
    '/a',
    '/a/y',
    '/(/',
    '1 ?? 2 || 3',
    "'\\x'",
    '({ a = 1 })',
  ];
  const jsons = ['{', '{a', '{"a" 1}', '{"a":1 1}', '[1 1]', '"a', '"\n"', '"\\x"', '1 1', 'x', '{"a":1,}'];
  return [
    ...checks.map(([schema, value]) => schema.safeParse(value).error!.issues[0]!.message),
    ...templates.map((text) => messageFrom(() => parseTemplate(`={{ ${text} }}`))),
    ...jsons.map((text) => messageFrom(() => JSON.parse(text))),
  ];
}

function messageFrom(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    return (error as Error).message;
  }
}

it('has the words of libraries about values, expressions and JSON in German', () => {
  const german = recogniserOf([errors, libraries]);
  const english =
    /\b(invalid|unexpected|expected|too|received|must|unterminated|the|to|is|bad|property|position|of)\b/i;
  const left = saidByLibraries().filter((text) => english.test(german(text)));
  expect(left.map((text) => [text, german(text)])).toEqual([]);
});

it('has the same places in what libraries say, and translates nothing to itself', () => {
  for (const [text, words] of Object.entries(libraries)) {
    expect(words).not.toBe(text);
    expect([text, namesIn(text)]).toEqual([text, expect.arrayContaining(namesIn(words))]);
  }
});
