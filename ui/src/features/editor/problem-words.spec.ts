import { expect, it } from 'vitest';
import { problemWords } from './problem-words.js';

const said = (message: string, name?: string) => {
  const words = problemWords({ severity: 'error', code: 'parameter.missing', message }, name);
  return words.name + words.says;
};

it('names the step of a problem once, however the message begins', () => {
  expect(said('"Hook": the path is missing.', 'Hook')).toBe('Hook: the path is missing.');
  expect(said('"Hook" refers to the node "X".', 'Hook')).toBe('Hook refers to the node "X".');
  expect(said('„Hook“ braucht „path“.', 'Hook')).toBe('Hook braucht „path“.');
  expect(said('The path is missing.', 'Hook')).toBe('Hook: The path is missing.');
  expect(said('Nothing starts this workflow.')).toBe('Nothing starts this workflow.');
});
