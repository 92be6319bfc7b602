import type { Field } from '@wfaib/sdk/fields';
import { describe, expect, it } from 'vitest';
import { coreDescriptor } from './core-descriptor.js';
import { coreNodes, describeCoreNode } from './core-nodes.js';
import { parameterProblems, withDefaults } from './parameters.js';

function problems(fields: Record<string, Field>, parameters: Record<string, unknown>, disabled = false) {
  const descriptor = coreDescriptor({ type: 'x.y', label: 'X', description: '', icon: 'x', category: 'data', fields });
  return parameterProblems({ id: 'n1', name: 'Node', parameters, disabled }, descriptor);
}

function codes(...call: Parameters<typeof problems>): string[] {
  return problems(...call).map(({ code, field }) => `${code} ${field}`);
}

function coreCodes(type: string, parameters: Record<string, unknown>): string[] {
  const found = parameterProblems({ id: 'n1', name: 'Node', parameters }, describeCoreNode(type)!);
  return found.map(({ code, field }) => `${code} ${field}`);
}

const label = 'A field';
const choices = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
];

describe('parameter problems', () => {
  it('tells of a required parameter that is empty, unless it has a default or the node is disabled', () => {
    const fields: Record<string, Field> = { a: { kind: 'text', label, required: true } };
    expect(codes(fields, {})).toEqual(['parameter.missing parameters.a']);
    expect(codes(fields, { a: '' })).toEqual(['parameter.missing parameters.a']);
    expect(codes(fields, {}, true)).toEqual([]);
    expect(codes({ a: { kind: 'text', label, required: true, default: 'x' } }, {})).toEqual([]);
  });

  it('offers the name that was meant for an unknown parameter', () => {
    const [problem] = problems({ method: { kind: 'text', label } }, { metod: 'GET' });
    expect(problem).toMatchObject({ code: 'parameter.unknown', severity: 'error', field: 'parameters.metod' });
    expect(problem?.message).toContain('Did you mean "method"?');
  });

  it('asks nothing of a field that is not shown', () => {
    const fields: Record<string, Field> = {
      mode: { kind: 'select', label, choices, default: 'a' },
      extra: { kind: 'text', label, required: true, showWhen: { mode: ['b'] } },
    };
    expect(codes(fields, {})).toEqual([]);
    expect(codes(fields, { mode: 'b' })).toEqual(['parameter.missing parameters.extra']);
    expect(codes(fields, { mode: '={{ $json.mode }}' })).toEqual([]);
  });

  it.each<[Field, unknown]>([
    [{ kind: 'text', label }, { a: 1 }],
    [{ kind: 'text', label, format: 'duration' }, 'soon'],
    [{ kind: 'text', label, expressionOnly: true }, '$json.a > 1'],
    [{ kind: 'text', label, expressions: false }, '={{ 1 }}'],
    [{ kind: 'number', label }, 'many'],
    [{ kind: 'number', label }, '5'],
    [{ kind: 'number', label, integer: true }, 1.5],
    [{ kind: 'number', label, min: 1 }, 0],
    [{ kind: 'number', label, max: 1 }, 2],
    [{ kind: 'boolean', label }, 'yes'],
    [{ kind: 'datetime', label }, 'tomorrow'],
    [{ kind: 'select', label, choices }, 'c'],
    [{ kind: 'select', label, choices }, ['a']],
    [{ kind: 'select', label, choices, orValues: true }, [1]],
    [{ kind: 'multiselect', label, choices }, ['a', 'c']],
    [{ kind: 'values', label, of: 'number' }, ['1']],
    [{ kind: 'values', label, of: 'text' }, [{}]],
    [{ kind: 'keyvalue', label }, [1]],
    [{ kind: 'keyvalue', label }, 'a=1'],
    [{ kind: 'list', label, of: {} }, ['a']],
    [{ kind: 'conditions', label }, 'a > b'],
  ])('refuses for the field %j the value %j', (field, value) => {
    expect(codes({ a: field }, { a: value })).toEqual(['parameter.invalid parameters.a']);
  });

  it.each<[Field, unknown]>([
    [{ kind: 'text', label }, 5],
    [{ kind: 'text', label, format: 'duration' }, '1h30m'],
    [{ kind: 'text', label, expressionOnly: true }, true],
    [{ kind: 'number', label }, '={{ 5 }}'],
    [{ kind: 'boolean', label }, '={{ true }}'],
    [{ kind: 'datetime', label }, '2030-01-31T09:00'],
    [{ kind: 'select', label, choices, orValues: true }, ['x', 'y']],
    [{ kind: 'select', label, choices }, '=a'],
    [{ kind: 'multiselect', label, choices }, ['a', 'b']],
    [{ kind: 'values', label, of: 'text' }, 'one'],
    [{ kind: 'keyvalue', label }, { a: '={{ 1 }}' }],
    [{ kind: 'json', label }, [1, { a: 2 }]],
    [{ kind: 'code', label, language: 'sql', expressions: false }, '= select'],
    [{ kind: 'list', label, of: {} }, '={{ [] }}'],
  ])('accepts for the field %j the value %j', (field, value) => {
    expect(codes({ a: field }, { a: value })).toEqual([]);
  });

  it('looks into lists and groups', () => {
    const of: Record<string, Field> = { name: { kind: 'text', label, required: true }, n: { kind: 'number', label } };
    expect(codes({ l: { kind: 'list', label, of } }, { l: [{ name: 'x' }, { n: 'y', z: 1 }] })).toEqual([
      'parameter.unknown parameters.l[1].z',
      'parameter.missing parameters.l[1].name',
      'parameter.invalid parameters.l[1].n',
    ]);
    expect(codes({ g: { kind: 'group', label, of } }, { g: { n: true } })).toEqual([
      'parameter.missing parameters.g.name',
      'parameter.invalid parameters.g.n',
    ]);
  });

  it('checks conditions: one is needed, with an operator that exists', () => {
    expect(coreCodes('core.if', {})).toEqual(['parameter.missing parameters.conditions']);
    expect(coreCodes('core.if', { condition: '={{ true }}' })).toEqual([]);
    expect(coreCodes('core.if', { conditions: [{ left: 1, op: 'equals', right: 1 }] })).toEqual([
      'parameter.invalid parameters.conditions[0].op',
    ]);
    expect(coreCodes('core.switch', { rules: [{ port: 'a' }] })).toEqual([
      'parameter.missing parameters.rules[0].conditions',
    ]);
  });

  it('needs one of the ways to wait', () => {
    expect(coreCodes('core.wait', { webhook: false })).toEqual(['parameter.missing parameters.for']);
    expect(coreCodes('core.wait', { webhook: true })).toEqual([]);
    expect(coreCodes('core.wait', { for: '30m' })).toEqual([]);
  });
});

describe('defaults', () => {
  it('are filled in, inside lists and groups too', () => {
    expect(
      withDefaults({ by: [{ field: 'a' }, { field: 'b', order: 'desc' }] }, describeCoreNode('core.sort')!),
    ).toEqual({
      by: [
        { field: 'a', order: 'asc' },
        { field: 'b', order: 'desc' },
      ],
    });
    expect(withDefaults({}, describeCoreNode('core.limit')!)).toEqual({ max: 1, from: 'start' });
  });

  it.each([...coreNodes.values()])('of $descriptor.type are values that its fields accept', ({ descriptor }) => {
    const defaults = withDefaults({}, descriptor);
    const found = parameterProblems({ id: 'n1', name: 'Node', parameters: defaults }, descriptor);
    expect(found.filter(({ code }) => code !== 'parameter.missing')).toEqual([]);
  });
});

describe('core node descriptors', () => {
  it.each([...coreNodes])('%s is plain JSON and refers to its own fields only', (type, { descriptor }) => {
    expect(JSON.parse(JSON.stringify(descriptor))).toEqual(descriptor);
    expect(descriptor.type).toBe(type);
    const names = Object.keys(descriptor.fields);
    const used = Object.values(descriptor.fields).flatMap((field) => Object.keys(field.showWhen ?? {}));
    const summarized = [...(descriptor.summary ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
    expect(names).toEqual(expect.arrayContaining([...used, ...summarized]));
  });

  it('are found by type and version', () => {
    expect(describeCoreNode('core.set')?.typeVersion).toBe(1);
    expect(describeCoreNode('core.set', 1)?.type).toBe('core.set');
    expect(describeCoreNode('core.set', 2)).toBeUndefined();
    expect(describeCoreNode('core.nothing')).toBeUndefined();
  });
});
