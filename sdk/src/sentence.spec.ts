import { expect, it } from 'vitest';
import { say, wordsOf } from './sentence.js';

const hint = (name: string) => say` Did you mean "${{ name }}"?`;
const sentence = say`${{ who: 'Ann' }} sent ${{ count: 2 }} items at ${{ time: { at: 0 } }}: ${{ names: ['a', 'b'] }}.${{ hint: hint('c') }}`;

it('keeps the English text and what stands in it apart', () => {
  expect(sentence.text).toBe('{{who}} sent {{count}} items at {{time}}: {{names}}.{{hint}}');
  expect(sentence.values).toMatchObject({ who: 'Ann', count: 2, hint: { values: { name: 'c' } } });
  expect(say`Nothing to fill in.`).toEqual({ text: 'Nothing to fill in.' });
});

it('is told in English, parts and lists included', () => {
  expect(wordsOf(sentence)).toBe('Ann sent 2 items at 1970-01-01T00:00:00.000Z: a, b. Did you mean "c"?');
});

it('is told in another language, in the order of that language', () => {
  const german: Record<string, string> = {
    [sentence.text]: 'Um {{time}} schickte {{who}} {{count}} Elemente: {{names}}.{{hint}}',
    ' Did you mean "{{name}}"?': ' War „{{name}}“ gemeint?',
  };
  const telling = { textOf: (text: string) => german[text] ?? text, momentOf: () => 'Mitternacht' };
  expect(wordsOf(sentence, telling)).toBe('Um Mitternacht schickte Ann 2 Elemente: a, b. War „c“ gemeint?');
});

it('never fills in what a value happens to hold', () => {
  expect(wordsOf(say`A ${{ one: '{{two}}' }} b ${{ two: '$&' }}.`)).toBe('A {{two}} b $&.');
});
