import { expect, it } from 'vitest';
import { evaluateDeep, hasTemplate, referencedNodes, templateProblems } from './deep.js';
import { memberNames, membersOf, namespaceNames, rootNames } from './names.js';
import { aScope } from './scope.test-support.js';

const tree = {
  '={{ key }}': 1,
  plain: '{{ $json.a }}',
  list: ['={{ $json.a }}', { deep: '=x{{ $json.a }}' }],
};

it('evaluates templates at any depth, values only', () => {
  expect(evaluateDeep(tree, aScope({ a: 5 }))).toEqual({
    '={{ key }}': 1,
    plain: '{{ $json.a }}',
    list: [5, { deep: 'x5' }],
  });
});

it('does not evaluate a result again', () => {
  expect(evaluateDeep({ a: '={{ $json.a }}' }, aScope({ a: '={{ 1 }}' }))).toEqual({ a: '={{ 1 }}' });
});

it('gives back a tree without templates as it is', () => {
  const still = { a: [1, { b: 'x' }] };
  expect(evaluateDeep(still, aScope())).toBe(still);
  expect(hasTemplate(still)).toBe(false);
  expect(hasTemplate(tree)).toBe(true);
});

it('lists what does not parse, with its path', () => {
  const problems = templateProblems({ a: '={{ 1 + }}', b: [{ c: '={{ process }}' }], ok: '={{ 1 }}' }, 'parameters');
  expect(problems.map(({ path }) => path)).toEqual(['parameters.a', 'parameters.b[0].c']);
  expect(problems[1]!.message).toContain('no name process');
});

it('finds the steps that are referred to', () => {
  const names = referencedNodes({
    a: '={{ $(\'A\').item.json.x + $node["B"].json.y }}',
    b: ["=t {{ $('A').first() }}", '={{ ('],
  });
  expect(names).toEqual(['A', 'B']);
});

it('offers the editor the names and methods that the evaluator knows', () => {
  expect(rootNames.map(({ name }) => name)).toEqual(expect.arrayContaining(['$json', '$now', '$', 'Math', 'parseInt']));
  expect(memberNames.string.find(({ name }) => name === 'toUpperCase')).toMatchObject({
    kind: 'function',
    signature: '()',
  });
  expect(membersOf([]).map(({ name }) => name)).toContain('map');
  expect(namespaceNames['Math']!.map(({ name }) => name)).toContain('max');
  for (const entry of [...rootNames, ...Object.values(memberNames).flat()]) expect(entry.doc).not.toBe('');
});
