import { expect, it } from 'vitest';
import errors from './locales/de-server/errors.json' with { type: 'json' };
import libraries from './locales/de-server/libraries.json' with { type: 'json' };
import sentences from './locales/de-server/sentences.json' with { type: 'json' };
import { recogniserOf } from './recognise.js';

const german = recogniserOf([errors, libraries, sentences]);

it.each([
  ['There is no sandbox to run code in.', 'Es gibt keine Sandbox, in der Code laufen könnte.'],
  [
    '"Send" took longer than 500 ms. Raise its time limit, or make it do less.',
    '„Send“ dauerte länger als 500 ms. Die Zeitgrenze erhöhen oder den Schritt weniger tun lassen.',
  ],
  // A reason is a sentence too, and so is the reason of the reason.
  [
    '"Pay" failed: "b.xml" cannot be read as XML: there is a second root in line 3.',
    '„Pay“ schlug fehl: „b.xml“ lässt sich nicht als XML lesen: in Zeile 3 steht eine zweite Wurzel.',
  ],
  [
    'store.example (10.0.0.1) is in a private network. To let workflows reach it, add 10.0.0.1 to WFAIB_EGRESS_ALLOW.',
    'store.example (10.0.0.1) liegt in einem privaten Netz. Damit Workflows dorthin gelangen, 10.0.0.1 in WFAIB_EGRESS_ALLOW eintragen.',
  ],
  [
    '$json.a is a text, which has no method map() (in {{ $json.a.map(x => x) }})',
    '$json.a ist ein Text und hat keine Methode map() (im Ausdruck {{ $json.a.map(x => x) }})',
  ],
  // A comparison as the form calls it; older runs have it as documents do.
  [
    '"is more than" compares two numbers or two dates, not a text with a number',
    '„ist größer als“ vergleicht zwei Zahlen oder zwei Zeitangaben; hier sind es ein Text und eine Zahl',
  ],
  ['gt compares two numbers or two dates, not a text with a number', /^gt vergleicht/],
  // What was told in parts and became plain text on its way.
  [
    'Data of run r1 is gone. It was deleted with that run, or the store lost it.',
    /^Daten der Ausführung r1 sind weg\./,
  ],
])('tells %j in German', (text, words) => {
  expect(german(text)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
});

it.each([
  'x is not a function',
  'Payment refused: card expired.',
  'a: b',
  'list',
  'failed',
  'the number is wrong',
  'The customer of this order has no address.',
  '',
])('leaves %j as it is, which somebody else wrote', (text) => {
  expect(german(text)).toBe(text);
});

it('keeps the words of others within what the product added', () => {
  expect(german('x is not a function (line 3, column 5)')).toBe('x is not a function (Zeile 3, Spalte 5)');
});

it('leaves names as they are, even where they read like a text', () => {
  expect(german('There is no step named "The step was cancelled."')).toBe(
    'Es gibt keinen Schritt namens „The step was cancelled.“',
  );
  expect(german('"Say "hi"" was cancelled')).toBe('„Say "hi"“ wurde abgebrochen');
  expect(german('There is no name file in expressions')).toBe('Den Namen file gibt es in Ausdrücken nicht');
});

it('takes the text that says most where several fit, whichever comes first', () => {
  const texts = { '{{1}} of the long list': 'allgemein {{1}}', 'There is no {{1}} of the long list': 'genau {{1}}' };
  expect(recogniserOf([texts])('There is no end of the long list')).toBe('genau end');
  expect(
    recogniserOf([Object.fromEntries(Object.entries(texts).toReversed())])('There is no end of the long list'),
  ).toBe('genau end');
  expect(recogniserOf([{ 'The thing is {{1}}': 'zuerst' }, { 'The thing is {{1}}': 'dann' }])('The thing is x')).toBe(
    'zuerst',
  );
});

it('puts values in as they are, where the other language wants them', () => {
  const swap = recogniserOf([{ 'The thing {{1}} needs {{2}}': '{{2}} fehlt {{1}}' }]);
  expect(swap('The thing $& needs {{1}}')).toBe('{{1}} fehlt $&');
});

it('reads long texts in time, also those made to be slow', () => {
  const long = [
    'x'.repeat(10_000),
    'The run was cancelled, and "'.repeat(400),
    ' (line 1, column 2)'.repeat(600),
    `${'"a" failed: '.repeat(900)}end`,
    '{{ '.repeat(3_000),
  ];
  const start = performance.now();
  for (const text of long) expect(german(text).length).toBeGreaterThan(100);
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(german(`"Step" failed: ${'y'.repeat(10_000)}`)).toBe(`„Step“ schlug fehl: ${'y'.repeat(10_000)}`);
});

it('goes only so deep into reasons of reasons', () => {
  const words = german('"a" failed: '.repeat(20) + 'x');
  expect(words.match(/schlug fehl/g)).toHaveLength(5);
});
