import { say } from '@wfaib/sdk/sentence';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { beforeAll, expect, it } from 'vitest';
import { chooseLanguage } from './i18n.js';
import { needServerTexts, toldError } from './server-texts.js';
import { told, toldProblem } from './told.js';
import { toldDescriptor } from './told-descriptor.js';

const descriptor: NodeDescriptor = {
  type: 'core.limit',
  typeVersion: 1,
  label: 'Limit',
  description: 'Keeps the first or the last items and drops the rest.',
  icon: 'x',
  category: 'data',
  isTrigger: false,
  inputs: [{ name: 'main' }],
  outputs: [{ name: 'next', label: 'next' }],
  fields: {
    max: { kind: 'number', label: 'How many' },
    from: { kind: 'select', label: 'Keep', choices: [{ value: 'start', label: 'The first' }] },
    by: { kind: 'list', label: 'Sort by', of: { field: { kind: 'text', label: 'Field' } } },
  },
  work: 'once',
  effect: 'none',
  weight: 'light',
};

beforeAll(async () => {
  await needServerTexts('steps');
  await chooseLanguage('de');
});

it('tells a sentence of the server in the language of the page, with its parts and local times', () => {
  const said = say`"${{ name: 'A' }}" refers to the node "${{ referred: 'B' }}", which does not exist.${{ advice: say` Did you mean "${{ closest: 'C' }}"?` }}`;
  expect(told(said, '')).toBe('„A“ verweist auf den Schritt „B“, den es nicht gibt. War „C“ gemeint?');
  expect(told(say`until ${{ until: { at: Date.now() } }}`, '')).not.toMatch(/T\d\d:/);
});

it('shows what has no translation as the server wrote it', () => {
  expect(told(undefined, 'Plain words.')).toBe('Plain words.');
  expect(told(say`Nobody translated ${{ this: 'this' }}.`, '')).toBe('Nobody translated this.');
  expect(toldProblem({ message: 'Plain words.' })).toMatchObject({ message: 'Plain words.' });
});

it('tells the reasons within a sentence, but no names, and writes sizes as the language does', () => {
  const said = say`"${{ name: 'The step was cancelled.' }}" failed, and the run went on: ${{ error: 'The step was cancelled.' }}`;
  expect(told(said, '')).toBe(
    '„The step was cancelled.“ schlug fehl, und die Ausführung ging weiter: Der Schritt wurde abgebrochen.',
  );
  expect(told(undefined, 'The step was cancelled.')).toBe('Der Schritt wurde abgebrochen.');
  const room = say`${{ free: '1.5 GB' }} of ${{ all: '20.0 GB' }} are free where the data folder is.`;
  expect(told(room, '')).toBe('Beim Datenordner sind 1,5 GB von 20,0 GB frei.');
});

it('leaves the words of who built the workflow as they are, whatever they look like', () => {
  const message = 'The step was cancelled.';
  expect(toldError({ code: 'step.cancelled', message })).not.toBe(message);
  expect(toldError({ code: 'run.stopped', message })).toBe(message);
});

it('translates a core step to the last field, and nothing of a connector', () => {
  expect(toldDescriptor(descriptor)).toMatchObject({
    label: 'Begrenzen',
    outputs: [{ name: 'next', label: 'weiter' }],
    fields: {
      max: { label: 'Wie viele' },
      from: { choices: [{ value: 'start', label: 'Die ersten' }] },
      by: { of: { field: { label: 'Feld' } } },
    },
  });
  const foreign = { ...descriptor, connector: { id: 'x', version: '1', action: 'limit' } };
  expect(toldDescriptor(foreign)).toEqual(foreign);
});

it('speaks English again when it is asked to', async () => {
  await chooseLanguage('en');
  expect(toldDescriptor(descriptor)).toEqual(descriptor);
  expect(told(undefined, 'The step was cancelled.')).toBe('The step was cancelled.');
});
