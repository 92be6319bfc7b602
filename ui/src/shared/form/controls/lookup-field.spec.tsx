import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { Choice, Field } from '@wfaib/sdk/fields';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { FieldList } from '../field-list.js';
import { FormEnvironmentProvider } from '../form-environment.js';

afterEach(cleanup);

const all: Choice[] = [
  { value: 'id-1', label: 'Failure handler' },
  { value: 'id-2', label: 'Orders' },
];
const field: Field = { kind: 'lookup', loader: 'workflows', searchable: true, label: 'Workflow' };

/** A form with one field, and a service that knows two choices by name and by value. Answers what tells its value. */
function open(isNear: boolean, start?: string) {
  let current: unknown = start;
  const lookUp = {
    isNear,
    requestOf: (_field: unknown, search: string) => search,
    load: (search: unknown) =>
      Promise.resolve(all.filter(({ value, label }) => value === search || label.startsWith(String(search)))),
  };
  function Form() {
    const [value, setValue] = useState<unknown>(start);
    current = value;
    return (
      <QueryClientProvider client={new QueryClient()}>
        <FormEnvironmentProvider value={{ expressions: false, problemAt: () => undefined, lookUp }}>
          <FieldList fields={{ w: field }} values={{ w: value }} path="p" onChange={(_name, next) => setValue(next)} />
        </FormEnvironmentProvider>
      </QueryClientProvider>
    );
  }
  render(<Form />);
  return () => current;
}

const input = () => screen.getByLabelText<HTMLInputElement>('Workflow');
const offered = () => expect.poll(() => [...document.querySelectorAll('option')].map(({ value }) => value));

it('shows what was chosen by its name before anybody asks, where this installation knows it', async () => {
  open(true, 'id-2');
  await expect.poll(() => input().value).toBe('Orders');
});

it('takes the value of the name that was chosen, and no part of a name on the way', async () => {
  const value = open(true);
  fireEvent.focus(input());
  fireEvent.change(input(), { target: { value: 'Fail' } });
  expect(value()).toBeUndefined();
  await offered().toEqual(['Failure handler']);
  fireEvent.change(input(), { target: { value: 'Failure handler' } });
  expect(value()).toBe('id-1');
  fireEvent.blur(input());
  expect(input().value).toBe('Failure handler');
});

it('takes a whole name too that was left before the choices were here', async () => {
  const value = open(true);
  fireEvent.focus(input());
  fireEvent.change(input(), { target: { value: 'Orders' } });
  fireEvent.blur(input());
  await expect.poll(value).toBe('id-2');
});

it('takes what is known better as it is typed, where a service is asked', () => {
  const value = open(false);
  fireEvent.focus(input());
  fireEvent.change(input(), { target: { value: 'public.orders' } });
  expect(value()).toBe('public.orders');
});
