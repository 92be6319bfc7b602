import { describe, expect, expectTypeOf, it } from 'vitest';
import { action, auth, defineConnector, f } from './index.js';
import { describeConnector } from './connector-descriptor.js';
import { itemsOf, stepErrorOf, withDefaults } from './connector-runtime.js';
import { retryAfter } from './connector-http-errors.js';
import { outputItems } from './connector.js';
import type { InputOf } from './field-builders.js';

const createContact = action({
  label: 'Create contact',
  description: 'Adds a person.',
  sideEffect: 'write',
  input: {
    email: f.text({ label: 'E-mail', required: true }),
    note: f.text({ label: 'Note' }),
    list: f.select({
      label: 'List',
      default: 'a',
      choices: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    }),
    tags: f.texts({ label: 'Tags', required: true }),
    rows: f.list({
      label: 'Rows',
      of: { name: f.text({ label: 'Name', required: true }), age: f.number({ label: 'Age' }) },
    }),
  },
  run: ({ input }) => {
    // @ts-expect-error a misspelt parameter does not compile
    void input.emial;
    // @ts-expect-error an optional parameter may be missing
    void input.note.length;
    return { email: input.email.trim(), list: input.list };
  },
});

const connector = defineConnector({
  id: 'acme-crm',
  label: 'Acme CRM',
  sdk: 1,
  egress: ['api.acme.example'],
  auth: {
    key: auth.fields(
      { token: f.secret({ label: 'Token', required: true }) },
      {
        label: 'API token',
        apply: (values, request) => {
          request.headers['x-token'] = values.token;
          // @ts-expect-error a misspelt field of a credential does not compile
          void values.tokne;
        },
      },
    ),
    basic: auth.basic(),
  },
  actions: { createContact },
});

describe('types of input', () => {
  it('follow the fields', () => {
    type Input = InputOf<(typeof createContact)['input']>;
    expectTypeOf<Input['email']>().toEqualTypeOf<string>();
    expectTypeOf<Input['note']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Input['list']>().toEqualTypeOf<'a' | 'b'>();
    expectTypeOf<Input['tags']>().toEqualTypeOf<string[]>();
    expectTypeOf<NonNullable<Input['rows']>[number]['age']>().toEqualTypeOf<number | undefined>();
  });
});

describe('a descriptor', () => {
  const descriptor = describeConnector(connector, '2.0.0');

  it('is plain JSON with one node for each action', () => {
    expect(descriptor).toEqual(JSON.parse(JSON.stringify(descriptor)));
    expect(descriptor.nodes).toMatchObject([
      {
        type: 'acme-crm.createContact',
        typeVersion: 1,
        effect: 'write',
        weight: 'heavy',
        work: 'perItem',
        connector: { id: 'acme-crm', version: '2.0.0', action: 'createContact' },
        credentials: [{ slot: 'auth', kinds: ['acme-crm.key', 'basic'], required: false }],
      },
    ]);
    expect(Object.keys(descriptor.nodes[0]!.fields)).toEqual(['email', 'note', 'list', 'tags', 'rows']);
  });

  it('is refused without a label, or with an auth that is not there', () => {
    const broken = (changes: object) =>
      describeConnector({ ...connector, actions: { a: { ...createContact, ...changes } } }, '1.0.0');
    expect(() => broken({ label: '' })).toThrow('has no label');
    expect(() => broken({ auth: { names: ['none'] } })).toThrow('no auth named "none"');
  });
});

describe('what an action returns', () => {
  it.each([
    [
      [1, { a: 1 }, null],
      [{ data: 1 }, { a: 1 }, {}],
    ],
    [{ a: new Date(0), b: undefined, c: 1n }, [{ a: '1970-01-01T00:00:00.000Z', c: '1' }]],
    ['text', [{ data: 'text' }]],
    [undefined, [{}]],
    [[], []],
  ])('becomes items: %o', (output, expected) => {
    expect(itemsOf(output).map(({ json }) => json)).toEqual(expected);
  });

  it('stays as it is when given as items', () => {
    expect(itemsOf(outputItems([{ json: { list: [1, 2] } }]))).toEqual([{ json: { list: [1, 2] } }]);
  });
});

describe('what an action gets', () => {
  it('has defaults filled in at any depth', () => {
    const fields = {
      a: f.text({ label: 'A', default: 'x' }),
      g: f.group({ label: 'G', of: { n: f.number({ label: 'N', default: 1 }) } }),
      none: f.group({ label: 'None', of: { n: f.number({ label: 'N', default: 1 }) } }),
    };
    expect(withDefaults(fields, { g: {}, a: null })).toEqual({ a: 'x', g: { n: 1 } });
  });
});

describe('an error', () => {
  it('keeps an allow-list of fields only', () => {
    const thrown = Object.assign(new Error('no'), { code: 'x.y', config: { headers: { authorization: 'secret' } } });
    expect(stepErrorOf(thrown)).toEqual({ code: 'x.y', message: 'no', retryable: true });
  });

  it('says what is inside a wrapped one', () => {
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    const expected = { code: 'connector.network', message: 'connect refused', retryable: true };
    expect(stepErrorOf(new TypeError('fetch failed', { cause }))).toEqual(expected);
  });

  it.each([
    ['ECONNRESET', true],
    ['EAI_AGAIN', undefined],
    ['UND_ERR_SOCKET', true],
    ['UND_ERR_CONNECT_TIMEOUT', undefined],
    ['ENETUNREACH', undefined],
  ])('with code %s is one of the network; whether anything was done is unknown: %s', (code, outcomeUnknown) => {
    const error = stepErrorOf(Object.assign(new Error('no'), { code }));
    expect(error).toMatchObject({ code: 'connector.network', retryable: true });
    expect(error.outcomeUnknown).toBe(outcomeUnknown);
  });

  it('reads Retry-After as seconds or as a date', () => {
    expect(retryAfter('3', 0)).toBe(3000);
    expect(retryAfter('Thu, 01 Jan 1970 00:00:05 GMT', 2000)).toBe(3000);
    expect(retryAfter('soon', 0)).toBeUndefined();
  });
});
